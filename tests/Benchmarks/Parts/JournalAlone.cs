using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Tenants;
using Aggregation.Domain.Chains;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite;
using Aggregation.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aggregation.Benchmarks.Parts;

/// <summary>The product's journal on SQLite, with nothing before it: one entry and its row of <c>latest</c> for each submission, synced.</summary>
internal static class JournalAlone
{
    /// <summary>Bytes of an entry and of a row for form 2014 with all cells, as the product writes them.</summary>
    private const int PayloadSize = 144;
    private const int StateSize = 154;

    /// <returns>Microseconds of processor time for one submission; the median of the rounds but the first.</returns>
    public static async Task<double> CostAsync(TreeSize tree, int rounds, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var journal = SqliteJournal.Open(
            new SqliteJournalOptions { Path = folder.File("journal.db") }, TimeProvider.System, NullLogger<SqliteJournal>.Instance);
        return await PartCost.MedianAsync(rounds, round =>
        {
            var entries = Array.ConvertAll(new Workload(tree, round, firstLeaf: 0, tree.Leaves).Requests, Entry);
            return () => ClosedLoop.RunAsync(entries.Length, (_, index) => journal.AppendAsync(entries[index]), cancellation);
        }, tree.Leaves);
    }

    private static NewEntry Entry(SubmitRequest request)
    {
        var entry = new NewEntry
        {
            Tenant = "province",
            Stream = $"ledger/{request.Form}/{request.Period}/{request.Unit}",
            Version = 1,
            Kind = "submitted",
            At = DateTimeOffset.UnixEpoch,
            Actor = "0123456789ab",
            Unit = request.Unit,
            RequestId = request.RequestId,
            RequestHash = new byte[32],
            Payload = new byte[PayloadSize],
            PreviousHash = default,
        };
        var hash = EntryHash.Of(entry);
        return entry with
        {
            Hash = hash,
            Latest = new LatestRow
            {
                Form = request.Form,
                Period = request.Period,
                Unit = request.Unit,
                Version = 1,
                Hash = hash,
                State = new byte[StateSize],
                SubmittedDigest = UInt128.One,
                AcceptedDigest = UInt128.One,
            },
        };
    }
}
