using System.Collections.Concurrent;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>
/// Many callers at once submit, revise, withdraw and repeat themselves, old pushes come again, ledgers and silos end at
/// any moment; in the end every total is what plain sums say.
/// </summary>
public sealed class RandomHistoryTests(ITestOutputHelper output)
{
    private const int Callers = 12;
    private const int StepsPerCaller = 35;
    private const string Line = "education";

    private static readonly DateOnly LastDay = new(2017, 12, 31);

    private static readonly string Territory = Units();

    private static readonly TenantTrees Trees = Grown();

    private readonly Acknowledged _acknowledged = new();
    private readonly ConcurrentDictionary<string, Receipt> _last = new();
    private readonly ConcurrentQueue<(LedgerKey Parent, Contribution Contribution)> _pushed = new();
    private readonly Caller _caller = TestSilo.Everything("south");

    [Theory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task History_Random_EveryTotalIsTheOracles(int seed)
    {
        output.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        using var folder = new TempFolder();
        var vault = new SnapshotVault();
        var random = new Random(seed);
        for (var phase = 0; phase < 3; phase++)
        {
            await using var silo = await StartAsync(folder.Path, vault, isFirst: phase == 0);
            var units = Trees.At(Names.Territory, LastDay).All.Select(unit => unit.Code).ToArray();
            var shares = Enumerable.Range(0, Callers)
                .Select(n => units.Where((_, place) => place % Callers == n).ToArray());
            var name = phase;
            await Task.WhenAll(shares.Select((share, n) =>
                RunAsync(silo, share, units, new Random(HashCode.Combine(seed, name, n)), $"{Text(name)}.{Text(n)}")));
            if (phase == 1)
            {
                // The next silo has to do without.
                vault.Clear();
            }
        }

        await using var last = await StartAsync(folder.Path, vault, isFirst: false);
        await RunAsync(last, [.. _last.Keys.Order(StringComparer.Ordinal).Take(5)], [.. _last.Keys], random, "end");
        await RequireOracleAsync(last);
    }

    private static LedgerKey Key(string unit) => new("south", "2014", "2017", unit);

    private async Task<TestSilo> StartAsync(string folder, SnapshotVault vault, bool isFirst)
    {
        var silo = await TestSilo.StartAsync(folder, new SiloSetup { Snapshots = vault });
        silo.Gate.OnPush = (parent, contribution) =>
        {
            _pushed.Enqueue((parent, contribution));
            if (_pushed.Count > 100)
            {
                _pushed.TryDequeue(out _);
            }
        };
        if (isFirst)
        {
            await silo.CreateTenantAsync("south", Territory);
            await silo.Tenant("south").ImportUnits(_caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits() });
        }

        return silo;
    }

    private async Task RunAsync(TestSilo silo, string[] own, string[] all, Random random, string name)
    {
        Func<Task<Receipt>>? again = null;
        Receipt? receipt = null;
        for (var step = 0; step < StepsPerCaller; step++)
        {
            var unit = own[random.Next(own.Length)];
            var requestId = $"{name}.{Text(step)}";
            switch (random.Next(20))
            {
                case < 11:
                    var command = RandomReports.Command(random, requestId);
                    again = () => silo.Ledger(Key(unit)).Submit(_caller, command, CancellationToken.None);
                    receipt = await PersistAsync(again);
                    _acknowledged.Submitted(receipt, command);
                    _last[unit] = receipt;
                    break;
                case < 14 when _acknowledged.Counts(Key(unit)):
                    var withdrawal = new WithdrawCommand { RequestId = requestId, Reason = "mistaken" };
                    again = () => silo.Ledger(Key(unit)).Withdraw(_caller, withdrawal, CancellationToken.None);
                    receipt = await PersistAsync(again);
                    _acknowledged.Withdrawn(Key(unit));
                    _last[unit] = receipt;
                    break;
                case < 16 when again is not null:
                    var repeated = await PersistAsync(again);
                    Assert.Equal((receipt!.Revision, receipt.Hash), (repeated.Revision, repeated.Hash));
                    break;
                case < 17 when _pushed.TryDequeue(out var old):
                    await PersistAsync(() => silo.Rollup(old.Parent).Push(old.Contribution));
                    break;
                case < 18:
                    silo.Gate.Fail(nameof(IRollupGrain.Push), Key(all[random.Next(all.Length)]));
                    break;
                default:
                    await silo.Gate.DeactivateAsync(Key(all[random.Next(all.Length)]));
                    break;
            }
        }
    }

    private async Task RequireOracleAsync(TestSilo silo)
    {
        foreach (var (unit, receipt) in _last)
        {
            await PersistAsync(() => silo.Ledger(Key(unit)).Await(
                _caller, new AwaitQuery { Revision = receipt.Revision, AtUnit = "360000" }, CancellationToken.None));
        }

        var oracle = await _acknowledged.ToOracleAsync(silo.Services.GetRequiredService<IJournal>());
        foreach (var tree in Trees.Names)
        {
            var view = Trees.At(tree, LastDay);
            foreach (var receipt in _last.Values.Where(receipt => view.Has(receipt.Ledger.Unit)))
            {
                var query = new AwaitQuery { Revision = receipt.Revision, AtUnit = view.Roots.First(), Tree = tree };
                await PersistAsync(() => silo.Ledger(receipt.Ledger).Await(_caller, query, CancellationToken.None));
            }

            foreach (var unit in view.All)
            {
                foreach (var scope in Enum.GetValues<Scope>())
                {
                    foreach (var layer in Enum.GetValues<Layer>())
                    {
                        var query = new TotalQuery { Tree = tree, Scope = scope, Layer = layer };
                        OracleChecks.RequireSame(
                            RandomReports.Form, Key(unit.Code), oracle.Total(view, Key(unit.Code), scope, layer),
                            await silo.Ledger(Key(unit.Code)).GetTotal(_caller, query));
                    }
                }
            }
        }

        Assert.Empty(await silo.Audit(new AuditKey("south", "2014", "2017")).Audit(CancellationToken.None));
    }

    /// <summary>As a client does: what is not available now is asked for again under the same request id.</summary>
    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is RefusedException { Kind: RefusalKind.Unavailable } or CallGateException)
            {
                // Asked again.
            }
        }

        return await call();
    }

    /// <summary>A province, two cities with two counties each, each with departments, one of them with institutions.</summary>
    private static string Units()
    {
        var lines = new List<string> { "code,name,kind,level,parent,from,to", "360000,Province,government,province,,," };
        lines.Add("360000-edu,Education,department,,360000,,");
        foreach (var city in new[] { "360100", "360200" })
        {
            lines.Add($"{city},City,government,city,360000,,");
            lines.Add($"{city}-edu,Education,department,,{city},,");
            lines.Add($"{city}-edu.1,Institute,institution,,{city}-edu,,");
            lines.Add($"{city}-fin,Finance,department,,{city},,");
            foreach (var county in new[] { city[..4] + "01", city[..4] + "02" })
            {
                lines.Add($"{county},County,government,county,{city},,");
                lines.Add($"{county}-edu,Education,department,,{county},,");
                lines.Add($"{county}-fin,Finance,department,,{county},,");
            }
        }

        return string.Join('\n', lines);
    }

    private static string LineUnits()
    {
        var lines = new List<string> { "code,name,kind,level,parent,from,to", "360000-edu,,,,,," };
        foreach (var city in new[] { "360100", "360200" })
        {
            lines.Add($"{city}-edu,,,,360000-edu,,");
            lines.Add($"{city[..4]}01-edu,,,,{city}-edu,,");
            lines.Add($"{city[..4]}02-edu,,,,{city}-edu,,");
        }

        return string.Join('\n', lines);
    }

    private static TenantTrees Grown()
    {
        var trees = new TenantTrees();
        trees.Import(Names.Territory, Territory);
        trees.Import(Line, LineUnits());
        return trees;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
