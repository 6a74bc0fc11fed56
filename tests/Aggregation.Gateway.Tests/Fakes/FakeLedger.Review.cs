using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;

namespace Aggregation.Gateway.Tests.Fakes;

/// <content>Reviews are tested on the real server.</content>
internal sealed partial class FakeLedger
{
    public Task<Receipt> Review(Caller caller, ReviewCommand command, CancellationToken cancellation) => throw OnTheRealServer;

    public Task<ReportStanding> GetStanding(Caller caller) => throw OnTheRealServer;

    public Task<ReportStanding> GetStandingOf(Caller caller, SubmitCommand content, CancellationToken cancellation) =>
        throw OnTheRealServer;

    public Task<ImmutableArray<ReportStanding>> ListStandings(Caller caller, string tree, CancellationToken cancellation) =>
        throw OnTheRealServer;

    public Task<ImmutableArray<string>> ListBelow(Caller caller, string tree) => throw OnTheRealServer;

    private static NotSupportedException OnTheRealServer => new("Reviews are tested on the real server: see Server.");
}
