using System.Globalization;
using System.Text.Json;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Tests.Histories;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.AsOf;

/// <summary>
/// Live totals, which are the oracle's, are written down along a random history of submissions, withdrawals, settings, new and moved units; later each is
/// asked for as of its instant and as of its position, and must come back the same to the last digit of its digest.
/// </summary>
public sealed class RandomPastTests(ITestOutputHelper output)
{
    private const string Line = "education";
    private const int Moments = 9;

    private readonly Caller _caller = TestSilo.Everything("south");
    private readonly List<string> _units = [];
    private readonly List<(string Tree, string Unit)> _places = [];
    private int _imports;
    private int _moves;
    private readonly TenantTrees _trees = new();
    private readonly Acknowledged _acknowledged = new();
    private bool _accepts = true;

    [Theory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task GetTotal_AsOfEveryMomentOfARandomHistory_IsWhatWasLive(int seed)
    {
        output.WriteLine($"seed {Text(seed)}");
        var random = new Random(seed);
        using var folder = new TempFolder();
        var moments = new List<Moment>();
        await using (var silo = await TestSilo.StartAsync(folder.Path))
        {
            var units = Units();
            await silo.CreateTenantAsync("south", units);
            _trees.Import(Names.Territory, units);
            await ImportAsync(silo, Line, LineUnits());
            for (var moment = 0; moment < Moments; moment++)
            {
                await ActAsync(silo, random, Text(moment));

                // Some moments share their milliseconds with the next entries: those are told apart by position alone.
                var isAlone = random.Next(3) > 0;
                silo.Clock.Advance(TimeSpan.FromMilliseconds(isAlone ? 2 : 0));
                moments.Add(await WriteDownAsync(silo, isAlone));
                silo.Clock.Advance(TimeSpan.FromMilliseconds(isAlone ? 2 : 0));
            }
        }

        output.WriteLine($"{Text(_moves)} lists of moves");
        await using var later = await TestSilo.StartAsync(folder.Path);
        foreach (var moment in moments)
        {
            await RequireSameAsync(later, moment, new AsOfPoint { Position = moment.Position });
            if (moment.At is { } at)
            {
                await RequireSameAsync(later, moment, new AsOfPoint { At = at });
                await RequireSameAsync(later, moment, new AsOfPoint { At = at, Position = moments[^1].Position });
            }
        }
    }

    private static LedgerKey Key(string unit) => new("south", "2014", "2017", unit);

    private async Task ImportAsync(TestSilo silo, string tree, string csv)
    {
        var imported = await silo.Tenant("south").ImportUnits(_caller, new ImportUnitsCommand { Tree = tree, Csv = csv });
        _trees.Import(tree, csv);
        Assert.Equal(_trees.Version, imported.StructureVersion);
    }

    private async Task ActAsync(TestSilo silo, Random random, string name)
    {
        if (random.Next(3) == 0)
        {
            _accepts = random.Next(2) == 0;
            await silo.Tenant("south").ChangeSettings(_caller, new TenantSettings(AutoAccept: _accepts) { CheckSumsBelow = false });
        }

        if (random.Next(3) == 0)
        {
            var unit = $"360101-new{Text(++_imports)}";
            await ImportAsync(silo, Names.Territory,
                $"code,name,kind,level,parent,from,to\n{unit},New {Text(_imports)},department,,360101,,");
            _units.Add(unit);
            _places.Add((Names.Territory, unit));
        }

        if (random.Next(2) == 0)
        {
            await MoveAsync(silo, random);
        }

        var chosen = _units.OrderBy(_ => random.Next()).Take(random.Next(1, 12)).Append(_units[^1]).Distinct().ToArray();
        var receipts = await Task.WhenAll(chosen.Select((unit, n) => ActAsync(silo, unit, new Random(random.Next()), $"{name}.{Text(n)}")));
        foreach (var receipt in receipts.OfType<Receipt>())
        {
            foreach (var (tree, root) in new[] { (Names.Territory, "360000"), (Line, "360000-edu") })
            {
                if (tree == Names.Territory || _places.Contains((tree, receipt.Ledger.Unit)))
                {
                    await silo.Ledger(receipt.Ledger).Await(
                        _caller, new AwaitQuery { Revision = receipt.Revision, AtUnit = root, Tree = tree }, CancellationToken.None);
                }
            }
        }
    }

    /// <summary>Some units come under others, in the territory or in the line.</summary>
    private async Task MoveAsync(TestSilo silo, Random random)
    {
        var changes = Enumerable.Range(1, random.Next(1, 5)).Select(line => random.Next(4) == 0
            ? Move(line, Line, "360101-edu", random.Next(2) == 0 ? "360100-edu" : "360000-edu")
            : Move(line, Names.Territory, $"360102-D{Text(random.Next(1, 61))}", random.Next(3) switch { 0 => "360100", 1 => "360101", _ => "360102" }));
        var command = new RestructureCommand { StructureVersion = _trees.Version, AcceptLoss = true, Changes = [.. changes] };
        var applied = await silo.Tenant("south").ApplyRestructuring(_caller, command);
        _trees.Restructure(command.Changes.Select(change => new ChangeLine(change.Change, change.Tree, change.From, change.Unit) { Parent = change.Parent }));
        Assert.Equal(_trees.Version, applied.StructureVersion);
        _moves++;

        static StructureChange Move(int line, string tree, string unit, string parent) =>
            new() { Line = line, Change = "move", Tree = tree, From = "2017-03-01", Unit = unit, Parent = parent };
    }

    private async Task<Receipt?> ActAsync(TestSilo silo, string unit, Random random, string requestId)
    {
        var ledger = silo.Ledger(Key(unit));
        Receipt? receipt = null;
        for (var n = 0; n < random.Next(1, 3); n++)
        {
            try
            {
                if (random.Next(5) == 0)
                {
                    receipt = await ledger.Withdraw(_caller, new WithdrawCommand { RequestId = $"{requestId}.{Text(n)}", Reason = "mistaken" }, default);
                    _acknowledged.Withdrawn(Key(unit));
                }
                else
                {
                    var command = RandomReports.Command(random, $"{requestId}.{Text(n)}");
                    receipt = await ledger.Submit(_caller, command, default);
                    _acknowledged.Submitted(receipt, command, _accepts);
                }
            }
            catch (RefusedException refusal) when (refusal.Kind == RefusalKind.FailedPrecondition)
            {
                // There was nothing to withdraw.
            }
        }

        return receipt;
    }

    private async Task<Moment> WriteDownAsync(TestSilo silo, bool isAlone)
    {
        var at = silo.Clock.GetUtcNow();
        var journal = silo.Services.GetRequiredService<IJournal>();
        var position = await journal.ReadPositionAsync(CancellationToken.None);
        var oracle = await _acknowledged.ToOracleAsync(journal);
        var views = new Dictionary<(string Unit, TotalQuery Query), string>();
        foreach (var (tree, unit) in _places)
        {
            foreach (var query in PastViews.Queries(tree))
            {
                var live = await LiveAsync(silo, unit, query);
                var period = _trees.At(tree, new DateOnly(2017, 12, 31));
                OracleChecks.RequireSame(RandomReports.Form, Key(unit), oracle.Total(period, Key(unit), query.Scope, query.Layer), live.Total);
                views.Add((unit, query), PastViews.Rendered(live));
            }
        }

        return new Moment(isAlone ? at : null, position, views);
    }

    /// <summary>A ledger whose place an import changed says what it knew until it has left memory.</summary>
    private async Task<ChildrenView> LiveAsync(TestSilo silo, string unit, TotalQuery query)
    {
        while (true)
        {
            var view = await silo.Ledger(Key(unit)).Children(_caller, query);
            if (view.Total.StructureVersion == _trees.Version)
            {
                return view;
            }

            await silo.Gate.DeactivateAsync(Key(unit));
        }
    }

    private async Task RequireSameAsync(TestSilo silo, Moment moment, AsOfPoint asOf)
    {
        foreach (var ((unit, query), live) in moment.Views)
        {
            var history = silo.AsOf(Key(unit));
            var past = await history.Children(_caller, query, asOf, CancellationToken.None);
            Assert.Equal(live, PastViews.Rendered(past));
            Assert.Equal(asOf.At, past.Total.AsOf!.At);
            if (query.Scope == Scope.Region)
            {
                var again = await history.GetTotal(_caller, query, past.Total.AsOf, CancellationToken.None);
                Assert.Equal(JsonSerializer.Serialize(past.Total), JsonSerializer.Serialize(again));
            }
        }
    }

    /// <summary>A province, a city, two counties; one has so many departments that its total is one pass over the period.</summary>
    private string Units()
    {
        var lines = new List<string>
        {
            "360000,Province,government,province,,,", "360000-edu,Education,department,,360000,,",
            "360100,City,government,city,360000,,", "360100-edu,Education,department,,360100,,",
            "360100-edu.1,Institute,institution,,360100-edu,,", "360101,County,government,county,360100,,",
            "360101-edu,Education,department,,360101,,", "360102,County,government,county,360100,,",
        };
        lines.AddRange(Enumerable.Range(1, 60).Select(n => $"360102-D{Text(n)},Department,department,,360102,,"));
        _units.AddRange(lines.Select(line => line.Split(',')[0]));
        _places.AddRange(_units.Where(unit => !unit.Contains("-D", StringComparison.Ordinal) || unit.EndsWith('7'))
            .Select(unit => (Names.Territory, unit)));
        return string.Join('\n', lines.Prepend("code,name,kind,level,parent,from,to"));
    }

    private string LineUnits()
    {
        string[] lines = ["360000-edu,,,,,,", "360100-edu,,,,360000-edu,,", "360101-edu,,,,360100-edu,,"];
        _places.AddRange(lines.Select(line => (Line, line.Split(',')[0])));
        return string.Join('\n', lines.Prepend("code,name,kind,level,parent,from,to"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="At">Null where entries before or after it may bear the same millisecond.</param>
    private sealed record Moment(DateTimeOffset? At, long Position, Dictionary<(string Unit, TotalQuery Query), string> Views);
}
