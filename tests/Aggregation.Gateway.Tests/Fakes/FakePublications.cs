using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Figures;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Publications whose request id tells what was asked for.</summary>
internal sealed class FakePublications(LedgerKey key) : IPublicationGrain
{
    public Task<PublicationView> Publish(Caller caller, PublishCommand command, CancellationToken cancellation) =>
        Task.FromResult(View(caller, 1, $"{command.RequestId}/{command.ExpectedDigest}") with
        {
            Query = command.Query,
            Completion = command.IsCompletion ? new CompletionView(CompletionState.Reported, command.Text, null) : null,
        });

    public Task<PublicationView> Decide(Caller caller, DecideCompletionCommand command, CancellationToken cancellation) =>
        Task.FromResult(View(caller, command.Number, $"{command.RequestId}/{command.Hash}") with
        {
            Completion = new CompletionView(
                command.Accept ? CompletionState.Accepted : CompletionState.Returned, "stated",
                new CompletionDecision(DateTimeOffset.UnixEpoch, caller.KeyId, command.Text)),
        });

    public Task<ImmutableArray<PublicationView>> List(Caller caller, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<PublicationView>>([View(caller, 1, "a"), View(caller, 2, "b")]);

    public Task<PublishedTotalView> Get(Caller caller, long? number, CancellationToken cancellation) =>
        Task.FromResult(new PublishedTotalView(View(caller, number ?? 9, "a"), Total(1, null)));

    public Task<RestatementView> Restate(Caller caller, RestatementQuery query, CancellationToken cancellation) =>
        Task.FromResult(new RestatementView
        {
            Publication = View(caller, query.Number ?? 9, $"{query.Limit}/{query.AfterUnit}"),
            Published = Total(1, null),
            Current = Total(2, new AsOf { Position = 5 }),
            Cells =
            [
                new CellDifference("1.1", new CellTotal("1.1", new Amount(1, 0), 1), new CellTotal("1.1", new Amount(2, 0), 1)),
                new CellDifference("6", null, new CellTotal("6", new Amount(0, 0), 1)),
            ],
            ChangedSubmissions = 7,
            Submissions =
            [
                new ChangedSubmission(
                    "411300", "南阳市", null, new CountedSubmission(new SubmissionSource(3, "k", DateTimeOffset.UnixEpoch), "ff")),
            ],
        });

    private PublicationView View(Caller caller, long number, string requestId) => new()
    {
        Ledger = key,
        Query = new TotalQuery(),
        Number = number,
        RequestId = requestId,
        At = DateTimeOffset.UnixEpoch,
        Actor = caller.KeyId,
        Hash = "aa",
        Digest = "bb",
        StructureVersion = 4,
        Coverage = new Coverage(5, 4, 3, 2, 1),
        UnitName = "unit",
    };

    private TotalView Total(long figure, AsOf? asOf) => new()
    {
        Ledger = key,
        Query = new TotalQuery(),
        UnitName = "unit",
        Version = default,
        StructureVersion = 4,
        Coverage = default,
        Digest = "bb",
        Cells = [new CellTotal("1.1", new Amount(figure, 0), 1)],
        Derived = [],
        AsOf = asOf,
    };
}
