using System.Collections.Concurrent;
using Aggregation.EndToEnd.Clients;
using Aggregation.EndToEnd.Hosting;
using Aggregation.V1;
using Xunit.Abstractions;

namespace Aggregation.EndToEnd.Crashes;

/// <summary>A server that is killed again and again under load loses nothing and counts nothing twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 20170111;
    private const int Kills = 5;
    private const int Clients = 32;

    [Fact]
    public async Task Kill_DuringLoad_LosesNoReceiptAndCountsEachUnitOnce()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var data = new TemporaryFolder();
        var journal = Path.Combine(data.Path, "journal.db");
        var tree = new UnitTree(cities: 8, countiesPerCity: 5, departmentsPerCity: 20);
        var random = new Random(Seed);
        output.WriteLine($"Seed {Seed}.");

        TestTenant tenant;
        await using (var first = await StandaloneHost.StartAsync(data.Path))
        {
            using var api = new Api(first.Address);
            tenant = await TestTenant.CreateAsync(api, data.Path, "killed", tree);
            Assert.Equal(0, await first.StopAsync());
        }

        var load = new Load(tenant, tree, Clients, Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var host = await StandaloneHost.StartAsync(data.Path);
            using var api = new Api(host.Address);
            await load.RunUntilKilledAsync(api, random.Next(20, 300), host.KillAsync);
        }

        IReadOnlyList<string> totals;
        IReadOnlyDictionary<string, Submission[]> histories;
        await using (var last = await StandaloneHost.StartAsync(data.Path))
        {
            using var api = new Api(last.Address);
            await load.SettleAsync(api, requestsPerClient: 5);
            histories = await ReadHistoriesAsync(api, tenant, tree, patience.Token);
            totals = await Totals.ReadAsync(api, tenant.ReadKey, tree, Figures.Form, Figures.Period, patience.Token);
            Assert.Equal(0, await last.StopAsync());
        }

        output.WriteLine($"{load.Sent.Count} requests, {load.Receipts.Count} receipts, {load.Refused.Count} refused, {load.Resent} sent again.");
        Assert.True(load.Resent > 0, "No kill left an outcome unknown: the load was too light to show anything.");
        var entries = await JournalFile.ReadLedgersAsync(journal, tenant.Name);
        AssertEveryReceiptIsKept(load, histories, entries);
        AssertChained(entries);
        var expected = new Recomputation(tenant.Name, tree, entries, load.Sent);
        Assert.Equal(expected.Lines(), totals);
        var (submitted, accepted) = await JournalFile.SumLatestAsync(journal, tenant.Name, Figures.Form, Figures.Period);
        Assert.Equal(expected.Digest(UnitTree.Root, Scope.Region, Layer.Submitted), submitted);
        Assert.Equal(expected.Digest(UnitTree.Root, Scope.Region, Layer.Accepted), accepted);
    }

    /// <summary>Reads every unit's history, once its last revision is counted at the root.</summary>
    private static async Task<IReadOnlyDictionary<string, Submission[]>> ReadHistoriesAsync(
        Api api, TestTenant tenant, UnitTree tree, CancellationToken cancellation)
    {
        var histories = new ConcurrentDictionary<string, Submission[]>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation };
        await Parallel.ForEachAsync(tree.All, options, async (unit, stop) =>
        {
            var request = new HistoryRequest { Unit = unit.Code, Form = Figures.Form, Period = Figures.Period };
            var history = await api.Submissions.HistoryAsync(request, Api.With(tenant.ReadKey, stop));
            histories[unit.Code] = [.. history.Submissions];
            if (history.Submissions.Count > 0)
            {
                var included = new AwaitRequest
                {
                    Unit = unit.Code,
                    Form = Figures.Form,
                    Period = Figures.Period,
                    Revision = history.Submissions.Count,
                    AtUnit = UnitTree.Root,
                };
                await api.Rollups.AwaitAsync(included, Api.With(tenant.ReadKey, stop));
            }
        });
        return histories;
    }

    /// <summary>The file, the histories and the receipts hold the same revisions: none lost, none twice, none that nobody sent.</summary>
    private static void AssertEveryReceiptIsKept(
        Load load, IReadOnlyDictionary<string, Submission[]> histories, IReadOnlyList<FileEntry> entries)
    {
        Assert.Equal(load.Sent.Count, load.Receipts.Count + load.Refused.Count);
        var receipts = load.Receipts.Select(receipt => Line(receipt.Key, receipt.Value)).Order(StringComparer.Ordinal);
        Assert.Equal(receipts, histories.Values
            .SelectMany(history => history)
            .Select(submission => Line(submission.Receipt.RequestId, submission.Receipt))
            .Order(StringComparer.Ordinal));
        Assert.Equal(receipts, entries
            .Select(entry => $"{entry.RequestId} {entry.Unit} {entry.Revision} {Convert.ToHexStringLower(entry.Hash)}")
            .Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal(load.Sent[entry.RequestId].IsWithdrawal ? "withdrawn" : "submitted", entry.Kind));
    }

    private static void AssertChained(IReadOnlyList<FileEntry> entries)
    {
        foreach (var stream in entries.GroupBy(entry => entry.Stream, StringComparer.Ordinal))
        {
            var previous = Array.Empty<byte>();
            var revision = 0L;
            foreach (var entry in stream)
            {
                Assert.Equal(++revision, entry.Revision);
                Assert.Equal(previous, entry.PreviousHash);
                previous = entry.Hash;
            }
        }
    }

    private static string Line(string requestId, Receipt receipt) => $"{requestId} {receipt.Unit} {receipt.Revision} {receipt.Hash}";
}
