using System.Collections.Concurrent;
using Aggregation.Faults.Checking;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Load;

/// <summary>All that the clients know: what they asked for, and what they were answered. Contradictions are found here.</summary>
/// <param name="contradiction">Told of each as it is found.</param>
internal sealed class Logbook(Action<Discrepancy> contradiction)
{
    private readonly ConcurrentDictionary<LedgerName, long> _revisions = new();

    /// <summary>Every request ever sent.</summary>
    public ConcurrentDictionary<RequestKey, SentRequest> Sent { get; } = new();

    /// <summary>Every receipt handed out, by its request.</summary>
    public ConcurrentDictionary<RequestKey, Receipt> Receipts { get; } = new();

    /// <summary>Ledgers that a request was told do not exist: their unit does not stand in the period's territory.</summary>
    public ConcurrentDictionary<LedgerName, StatusCode> Gone { get; } = new();

    /// <summary>Every list of changes of a structure ever sent, and what is known of it.</summary>
    public ConcurrentDictionary<SentChanges, ChangesOutcome> Changes { get; } = new();

    /// <summary>Requests that were refused for sure.</summary>
    public ConcurrentDictionary<RequestKey, StatusCode> Refused { get; } = new();

    /// <summary>The ledger's highest revision that has a receipt; 0 for none.</summary>
    public long SeenRevision(LedgerName ledger) => _revisions.GetValueOrDefault(ledger);

    public void Send(SentRequest request)
    {
        if (!Sent.TryAdd(request.Key, request))
        {
            throw new InvalidOperationException($"Request {request.Key} is made twice; the load must not.");
        }
    }

    /// <summary>A request that is answered more than once must be answered the same.</summary>
    public void Receive(SentRequest request, Receipt receipt)
    {
        var first = Receipts.GetOrAdd(request.Key, receipt);
        if (first.Revision != receipt.Revision || first.Hash != receipt.Hash)
        {
            contradiction(new Discrepancy(
                DiscrepancyKind.Doubled, $"request {request.Key} has a receipt for revision {first.Revision} and one for {receipt.Revision}"));
        }

        _revisions.AddOrUpdate(request.Ledger, receipt.Revision, (_, seen) => Math.Max(seen, receipt.Revision));
        if (receipt.Unit != request.Ledger.Unit || receipt.Period != request.Ledger.Period || receipt.RequestId != request.Id)
        {
            contradiction(new Discrepancy(DiscrepancyKind.Wrong, $"request {request.Key} has the receipt of another: {receipt}"));
        }

        if (Refused.ContainsKey(request.Key))
        {
            contradiction(new Discrepancy(DiscrepancyKind.Wrong, $"request {request.Key} was refused and then applied"));
        }
    }

    public void Refuse(SentRequest request, StatusCode status)
    {
        Refused[request.Key] = status;
        if (Receipts.ContainsKey(request.Key))
        {
            contradiction(new Discrepancy(DiscrepancyKind.Wrong, $"request {request.Key} was applied and then refused as {status}"));
        }
    }

    public void Contradict(DiscrepancyKind kind, string what) => contradiction(new Discrepancy(kind, what));
}
