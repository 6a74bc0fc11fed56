using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Tenants;
using Aggregation.Grains.Tests.Histories;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Tasks;

/// <summary>
/// Random histories of openings, cancellations, submissions, withdrawals and restructurings: whatever comes, no rate passes 100 %,
/// in any scope or tree, and coverage counts what the list of obligations counts.
/// </summary>
public sealed class ObligationHistoryTests(ClassSilo silo) : TaskTest(silo)
{
    private const int Steps = 60;
    private static readonly DateOnly LastDay = new(2017, 12, 31);

    private int _opened;
    private int _filed;
    private int _refused;
    private int _restructured;

    [Theory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task AnyHistory_AfterEachStep_NoRatePassesOneHundred(int seed)
    {
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });
        var random = new Random(seed);
        for (var step = 0; step < Steps; step++)
        {
            await TakeAsync(random, step);
            await AssertRatesAsync(random.Next(2) == 0 ? Names.Territory : Line);
        }

        await RestartAsync();
        await Tasks.List(Caller);
        await AssertRatesAsync(Names.Territory);
        await AssertRatesAsync(Line);
        await AssertSameCountsAsync();
        Assert.True(
            !Seeds.Fixed.Contains(seed) || (_opened > 0 && _filed > 5 && _refused > 0 && _restructured > 0),
            $"opened {_opened}, filed {_filed}, refused {_refused}, restructured {_restructured}");
    }

    private Unit[] Units(string tree) =>
        [.. Silo.Services.GetRequiredService<TenantCatalog>().Seen(Tenant).Structure.At(tree, LastDay).PreOrder()];

    private async Task TakeAsync(Random random, int step)
    {
        var units = Units(Names.Territory);
        var unit = units[random.Next(units.Length)];
        switch (random.Next(10))
        {
            case 0 when step > 8:
                await TryAsync(() => OpenAsync(30, random.Next(2) == 0 ? Departments : new FilterText([], ["county"], "", [])), () => _opened++);
                break;
            case 1 when step > 8 && random.Next(3) == 0:
                await TryAsync(() => Tasks.Cancel(Caller, new CancelTaskCommand(Form, Period, "again")), static () => { });
                break;
            case 2:
                await TryAsync(() => WithdrawAsync(unit.Code, $"w{step}"), static () => { });
                break;
            case 3:
                await TryAsync(() => RestructureAsync(Change(units, unit, random, step)), () => _restructured++);
                break;
            default:
                await TryAsync(() => SubmitAsync(unit.Code, $"s{step}", step), () => _filed++);
                break;
        }
    }

    /// <summary>Moves or closes a department, or opens one.</summary>
    private static StructureChange Change(Unit[] units, Unit unit, Random random, int step)
    {
        var governments = Array.FindAll(units, other => other.Kind == UnitKind.Government);
        var above = governments[random.Next(governments.Length)].Code;
        return random.Next(3) switch
        {
            0 => new StructureChange
            {
                Line = 1, Change = "open", From = "2017-06-01", Unit = $"n{step}", Parent = above, Name = "New", Kind = "department",
            },
            1 => new StructureChange { Line = 1, Change = "close", From = "2017-06-01", Unit = unit.Code },
            _ => new StructureChange { Line = 1, Change = "move", From = "2017-06-01", Unit = unit.Code, Parent = above },
        };
    }

    private async Task TryAsync(Func<Task> act, Action done)
    {
        try
        {
            await act();
            done();
        }
        catch (RefusedException refusal) when (refusal.Kind is not RefusalKind.Unavailable)
        {
            _refused++;
        }
    }

    private async Task AssertRatesAsync(string tree)
    {
        foreach (var unit in Units(tree))
        {
            foreach (var scope in new[] { Scope.Own, Scope.Level, Scope.Region })
            {
                var coverage = (await ViewAsync(unit.Code, scope, tree: tree)).Coverage;
                Assert.True(
                    coverage.Submitted <= coverage.Expected, $"{tree} {unit.Code} {scope}: {coverage.Submitted} of {coverage.Expected}");
            }
        }
    }

    private async Task AssertSameCountsAsync()
    {
        if ((await Tasks.List(Caller)).IsEmpty)
        {
            return;
        }

        foreach (var unit in Units(Names.Territory))
        {
            var coverage = (await ViewAsync(unit.Code)).Coverage;
            var counts = await CountAsync(unit.Code);
            Assert.Equal(
                (coverage.Expected, coverage.Submitted, coverage.Accepted, coverage.Nil),
                (counts.Expected, counts.Filed, counts.Accepted, counts.Nil));
        }
    }
}
