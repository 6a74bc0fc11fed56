using System.Collections.Concurrent;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Tests.Histories;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;
using Aggregation.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Epochs;

/// <summary>
/// Callers of two silos on one journal, neither of which knows of the other, submit, withdraw and read at once while
/// activations end and epochs are checked at any moment. In the end both silos' totals are what plain sums say.
/// </summary>
public class EpochHistoryTests(ITestOutputHelper output) : JournalTest
{
    private const int Callers = 6;
    private const int Steps = 40;

    private const string Units = """
        code,name,kind,level,parent,from,to
        360000,Province,government,province,,,
        360100,City,government,city,360000,,
        360101,County,government,county,360100,,
        360101-a,A,department,,360101,,
        360101-b,B,department,,360101,,
        360200,City,government,city,360000,,
        360201,County,government,county,360200,,
        360201-a,A,department,,360201,,
        """;

    private static readonly Form Form = FormCatalog.Load().Forms.Single(form => form.Id == "interaction");

    private static readonly string[] Codes =
        ["360000", "360100", "360101", "360101-a", "360101-b", "360200", "360201", "360201-a"];

    private readonly Acknowledged _acknowledged = new();
    private readonly ConcurrentDictionary<(string Unit, long Revision), string> _receipts = new();
    private readonly Caller _caller = TestSilo.Everything("south");

    [DatabaseTheory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task History_TwoSilosOnOneJournal_NothingAcknowledgedIsLostOrDoubledAtEither(int seed)
    {
        output.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        using var journal = await NewJournalAsync();
        await using var one = await StartAsync(journal);
        await one.CreateTenantAsync("south", Units);
        await using var two = await StartAsync(journal);
        TestSilo[] silos = [one, two];

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => RunAsync(
            silos, [.. Codes.Where((_, place) => place % Callers == n)], new Random(HashCode.Combine(seed, n)), n)));

        // Whoever was superseded is told; who is woken by that supersedes in turn, once, because nothing is taken in any more.
        for (var round = 0; round < 3; round++)
        {
            foreach (var silo in silos)
            {
                await silo.CheckEpochsAsync();
            }
        }

        var oracle = await _acknowledged.ToOracleAsync(one.Services.GetRequiredService<IJournal>());
        var trees = new TenantTrees();
        trees.Import(Names.Territory, Units);
        var tree = trees.At(Names.Territory, new DateOnly(2017, 12, 31));
        foreach (var silo in silos)
        {
            // What an activation read while another's end was under way, its audit after opening would find.
            await PersistAsync(() => silo.Audit(new AuditKey("south", "interaction", "2017")).Audit(CancellationToken.None));
            foreach (var unit in Codes)
            {
                OracleChecks.RequireSame(
                    Form, Key(unit), oracle.Total(tree, Key(unit), Scope.Region, Layer.Submitted),
                    await PersistAsync(() => silo.Ledger(Key(unit)).GetTotal(_caller, new TotalQuery())));
            }
        }

        foreach (var unit in Codes)
        {
            var history = await PersistAsync(() => one.Ledger(Key(unit)).History(_caller, CancellationToken.None));
            Assert.Equal(
                _receipts.Where(receipt => receipt.Key.Unit == unit).OrderBy(receipt => receipt.Key.Revision)
                    .Select(receipt => (receipt.Key.Revision, receipt.Value)),
                history.Select(view => (view.Receipt.Revision, view.Receipt.Hash)));
        }
    }

    private static LedgerKey Key(string unit) => new("south", "interaction", "2017", unit);

    private static Task<TestSilo> StartAsync(TestJournal journal) => TestSilo.StartAsync(journal, SplitSilos.Setup);

    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                return await call();
            }
            catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Unavailable)
            {
                // Asked again.
            }
        }

        return await call();
    }

    private async Task RunAsync(TestSilo[] silos, string[] own, Random random, int name)
    {
        for (var step = 0; step < Steps; step++)
        {
            var unit = own[random.Next(own.Length)];
            var any = Codes[random.Next(Codes.Length)];
            var requestId = string.Create(CultureInfo.InvariantCulture, $"{name}.{step}");
            switch (random.Next(12))
            {
                case < 6:
                    var value = random.Next(1000);
                    var command = TestSilo.Command(requestId, ("1.1", value), ("1.2", value));
                    var receipt = await PersistAsync(() => Any().Ledger(Key(unit)).Submit(_caller, command, CancellationToken.None));
                    Keep(receipt);
                    _acknowledged.Submitted(receipt, command);
                    break;
                case 6 when _acknowledged.Counts(Key(unit)):
                    var withdrawal = new WithdrawCommand { RequestId = requestId, Reason = "mistaken" };
                    Keep(await PersistAsync(() => Any().Ledger(Key(unit)).Withdraw(_caller, withdrawal, CancellationToken.None)));
                    _acknowledged.Withdrawn(Key(unit));
                    break;
                case < 9:
                    await PersistAsync(() => Any().Ledger(Key(any)).GetTotal(_caller, new TotalQuery()));
                    break;
                case 9:
                    await Any().Gate.DeactivateAsync(Key(any));
                    break;
                default:
                    await Any().CheckEpochsAsync();
                    break;
            }
        }

        TestSilo Any() => silos[random.Next(2)];

        // The same revision is never given twice, at whichever silo.
        void Keep(Receipt receipt) => Assert.True(_receipts.TryAdd((receipt.Ledger.Unit, receipt.Revision), receipt.Hash));
    }
}
