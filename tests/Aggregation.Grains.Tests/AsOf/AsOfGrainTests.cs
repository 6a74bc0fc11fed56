using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.AsOf;

public class AsOfGrainTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>An audit after the start would wake what nobody asked for.</summary>
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00" };

    [DatabaseFact]
    public async Task GetTotal_AsOfAReceiptsTime_IncludesItAndNotAMillisecondBefore()
    {
        var first = await SubmitAsync(CountyOne, "a", 5);
        Silo.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await SubmitAsync(CountyOne, "b", 7);
        Silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await WithdrawAsync(CountyOne, "c");

        Assert.Null(await PastAsync(first.At - Millisecond));
        Assert.Equal(5, await PastAsync(first.At));
        Assert.Equal(5, await PastAsync(second.At - Millisecond));
        Assert.Equal(7, await PastAsync(second.At));
        Assert.Equal(7, await PastAsync(second.At + Millisecond));
        Assert.Null(await PastAsync(Silo.Clock.GetUtcNow()));
    }

    [DatabaseFact]
    public async Task GetTotal_SameMillisecond_IsToldApartByPosition()
    {
        var positions = new List<(long Position, long Value)>();
        foreach (var value in new long[] { 1, 2, 3, 4, 5, 6, 7, 8 })
        {
            await SubmitAsync(CountyOne, Text(value), value);
            positions.Add((await PositionAsync(), value));
        }

        foreach (var (position, value) in positions)
        {
            Assert.Equal(value, Figure((await Past(Province, new AsOfPoint { Position = position })).Cells));
        }
    }

    [DatabaseFact]
    public async Task GetTotal_ClockSetBack_TakesTheLastRevisionStampedByThen()
    {
        Silo.Clock.Advance(TimeSpan.FromHours(2));
        var first = await SubmitAsync(CountyOne, "a", 5);
        var before = await PositionAsync();
        Silo.Clock.Advance(-TimeSpan.FromHours(1));
        var second = await SubmitAsync(CountyOne, "b", 7);
        Silo.Clock.Advance(TimeSpan.FromHours(2));

        Assert.True(second.At < first.At);
        Assert.Null(await PastAsync(second.At - Millisecond));
        Assert.Equal(7, await PastAsync(second.At));
        Assert.Equal(7, await PastAsync(first.At));
        Assert.Equal(5, Figure((await Past(Province, new AsOfPoint { Position = before })).Cells));
    }

    [DatabaseFact]
    public async Task GetTotal_PointOfAnAnswer_GivesTheSameForEver()
    {
        // Ahead first: Orleans activates nothing while the clock is behind the silo's start.
        Silo.Clock.Advance(TimeSpan.FromHours(1));
        await SubmitAsync(CountyOne, "a", 5);
        var at = Silo.Clock.GetUtcNow();
        var answer = await Past(Province, new AsOfPoint { At = at });
        Silo.Clock.Advance(-TimeSpan.FromHours(1));
        await SubmitAsync(CountyTwo, "b", 7);
        Silo.Clock.Advance(TimeSpan.FromHours(2));

        var again = await Past(Province, answer.AsOf!);
        Assert.Equal((answer.Digest, answer.AsOf), (again.Digest, again.AsOf));
        Assert.Equal(5, Figure(again.Cells));
        Assert.Equal(12, Figure((await Past(Province, new AsOfPoint { At = at })).Cells));
    }

    [DatabaseFact]
    public async Task GetTotal_StructureOfThatTime_GivesNamesExpectationsAndVersion()
    {
        var before = await PositionAsync();
        await Silo.Tenant(Tenant).ApplyRestructuring(Caller, new RestructureCommand
        {
            StructureVersion = 1,
            Changes = [new StructureChange { Line = 1, Change = "rename", From = "2000-01-01", Unit = County, Name = "Renamed" }],
        });
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand
        {
            Csv = $"code,name,kind,level,parent,from,to\n360301-S03,Third,department,,{County},,",
        });

        var past = await Past(County, new AsOfPoint { Position = before });
        var now = await Past(County, new AsOfPoint { Position = await PositionAsync() });
        Assert.Equal(("County", 3, 1L), (past.UnitName, past.Coverage.Expected, past.StructureVersion));
        Assert.Equal(("Renamed", 4, 3L), (now.UnitName, now.Coverage.Expected, now.StructureVersion));
        await RefusedAsync(RefusalKind.NotFound, () => Past("360301-S03", new AsOfPoint { Position = before }));
        await RefusedAsync(RefusalKind.NotFound, () => Past(County, new AsOfPoint { Position = 1 }));
        await RefusedAsync(RefusalKind.NotFound, () => Past(County, new AsOfPoint { At = DateTimeOffset.UnixEpoch }));
    }

    [DatabaseFact]
    public async Task GetTotal_AfterARestart_WakesNoLedger()
    {
        var receipt = await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await RestartAsync();
        var called = new HashSet<string>();
        Silo.Gate.OnCall = (method, key) => called.Add($"{method} {key}");

        Assert.Equal(5, await PastAsync(receipt.At));

        Assert.Equal([$"GetTotal {Key(Province)}"], called);
    }

    [DatabaseFact]
    public async Task GetTotal_PointThatIsNone_IsRefusedByField()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var end = await PositionAsync();

        async Task<(string, string)> Refused(AsOfPoint asOf)
        {
            var refusal = await RefusedAsync(RefusalKind.Invalid, () => Past(Province, asOf));
            return (refusal.Violations[0].Field, refusal.Violations[0].Value);
        }

        Assert.Equal(("as_of", ""), await Refused(new AsOfPoint()));
        Assert.Equal(("as_of.position", "0"), await Refused(new AsOfPoint { Position = 0 }));
        Assert.Equal(("as_of.position", Text(end + 1)), await Refused(new AsOfPoint { Position = end + 1 }));
        Assert.Equal(("as_of.at", "2999-01-01T00:00:00.000Z"), await Refused(new AsOfPoint { At = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero) }));
        await RefusedAsync(RefusalKind.Invalid, () => Silo.AsOf(Key(City, "2017-13")).GetTotal(Caller, new TotalQuery(), new AsOfPoint { Position = 1 }, default));
    }

    [DatabaseFact]
    public async Task YearToDate_AsOf_ReadsEveryPeriodAtOnePoint()
    {
        await Ledger(CountyOne, "2017Q1").Submit(Caller, Command("a", 5), default);
        var before = await PositionAsync();
        await Ledger(CountyOne, "2017Q1").Submit(Caller, Command("b", 50), default);
        await AwaitAsync(await Ledger(CountyOne, "2017Q2").Submit(Caller, Command("c", 7), default));

        var grain = Silo.YearToDate(Key(Province, "2017Q2"));
        var past = await grain.GetTotal(Caller, new TotalQuery(), new AsOfPoint { Position = before }, default);
        var end = await grain.GetTotal(Caller, new TotalQuery(), new AsOfPoint { At = Silo.Clock.GetUtcNow() }, default);
        var live = await grain.GetTotal(Caller, new TotalQuery(), null, default);

        Assert.Equal((5, 57), (Figure(past.Cells), Figure(end.Cells)));
        Assert.Equal((before, await PositionAsync()), (past.AsOf!.Position, end.AsOf!.Position));
        Assert.Equal((live.Digest, null), (end.Digest, live.AsOf));
        Assert.Equal([1, 0], past.Periods.Select(period => period.Coverage.Submitted));
    }

    [DatabaseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HistoryGrain_WrongTenantSubtreeOrRole_IsRefused(bool children)
    {
        var asOf = new AsOfPoint { Position = await PositionAsync() };
        var grain = Silo.AsOf(Key(County));
        Task Call(Caller caller) => children
            ? grain.Children(caller, new TotalQuery(), asOf, default)
            : grain.GetTotal(caller, new TotalQuery(), asOf, default);
        var none = Caller with { Submit = null, Read = null };

        await RefusedAsync(RefusalKind.NotFound, () => Call(Caller with { Tenant = "north" }));
        await RefusedAsync(RefusalKind.NotFound, () => Call(TestSilo.Platform));
        await RefusedAsync(RefusalKind.Forbidden, () => Call(none));
        await RefusedAsync(RefusalKind.Forbidden, () => Call(none with { Submit = new Subtree(Names.Territory, Subtree.Everything) }));
        await RefusedAsync(RefusalKind.Forbidden, () => Call(none with { Read = new Subtree(Names.Territory, CountyOne) }));
        await RefusedAsync(RefusalKind.Forbidden, () => Call(none with { Read = new Subtree(Line, Subtree.Everything) }));
        await Call(none with { Read = new Subtree(Names.Territory, County) });
    }

    private Task<long> PositionAsync() => Silo.Services.GetRequiredService<IJournal>().ReadPositionAsync(CancellationToken.None);

    private Task<TotalView> Past(string unit, AsOfPoint asOf) =>
        Silo.AsOf(Key(unit)).GetTotal(Caller, new TotalQuery(), asOf, CancellationToken.None);

    private async Task<long?> PastAsync(DateTimeOffset at) => Figure((await Past(Province, new AsOfPoint { At = at })).Cells);
}
