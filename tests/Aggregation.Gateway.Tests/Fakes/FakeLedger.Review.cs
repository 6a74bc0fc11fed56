using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;

namespace Aggregation.Gateway.Tests.Fakes;

/// <content>Reviews: every act is taken, kept and answered, but by a unit that a test makes refuse.</content>
internal sealed partial class FakeLedger
{
    public List<ReviewCommand> Reviewed { get; } = [];

    public RefusedException? Refusal { get; set; }

    public ImmutableArray<string> Below { get; set; } = [];

    public Task<Receipt> Review(Caller caller, ReviewCommand command, CancellationToken cancellation)
    {
        lock (gate)
        {
            Reviewed.Add(command);
        }

        return Refusal is { } refusal
            ? Task.FromException<Receipt>(refusal)
            : Task.FromResult(ReceiptOf(key, new SubmitCommand { RequestId = command.RequestId }));
    }

    public Task<ReportStanding> GetStanding(Caller caller) => Task.FromResult(StandingOf(key, ReportState.Returned));

    public Task<ImmutableArray<ReportStanding>> ListStandings(Caller caller, string tree, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<ReportStanding>>(
        [
            StandingOf(key.At($"{tree}-1"), ReportState.None), StandingOf(key.At($"{tree}-2"), ReportState.Submitted),
            StandingOf(key.At($"{tree}-3"), ReportState.Accepted),
        ]);

    public Task<ImmutableArray<string>> ListBelow(Caller caller, string tree) => Task.FromResult(Below);

    private static ReportStanding StandingOf(LedgerKey ledger, ReportState state) => new()
    {
        Ledger = ledger,
        UnitName = "unit",
        State = state,
        Revision = 4,
        Hash = "bb",
        AcceptedRevision = 2,
        Nil = true,
        IsSigned = true,
        IsLocked = true,
        Version = 5,
    };
}
