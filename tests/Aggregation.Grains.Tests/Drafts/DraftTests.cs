using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;

namespace Aggregation.Grains.Tests.Drafts;

public sealed class DraftTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly SubmitCommand Content = TestSilo.Command("", ("1.1", 5), ("1.2", 900)) with
    {
        Explanations = [new Explanation("check", "because")],
        Narrative = [new CellFigure("1.1", new Amount(5, 0))],
        FiledOn = new DateOnly(2018, 1, 5),
    };

    [Fact]
    public async Task Save_ThenRestart_IsKeptAndCountsNowhere()
    {
        var saved = await SaveAsync(Content with { RequestId = "not kept" });
        await RestartAsync();

        var draft = await Drafts().Get(Caller, default);

        Assert.Equal((1, "test-key", saved.At), (draft.Version, draft.Actor, draft.At));
        Assert.Equal(Content.Cells.AsEnumerable(), draft.Content.Cells);
        Assert.Equal(Content.Explanations.AsEnumerable(), draft.Content.Explanations);
        Assert.Equal(Content.Narrative.AsEnumerable(), draft.Content.Narrative);
        Assert.Equal((Content.FiledOn, Content.Nil, ""), (draft.Content.FiledOn, draft.Content.Nil, draft.Content.RequestId));
        Assert.Null(await TotalAsync(Province));
        Assert.Equal(0, (await ViewAsync(Province)).Coverage.Submitted);
    }

    [Fact]
    public async Task Save_Again_ReplacesAndTheSameLeavesNoTrace()
    {
        await SaveAsync(Content);
        Assert.Equal(1, (await SaveAsync(Content)).Version);

        Assert.Equal(2, (await SaveAsync(TestSilo.Command("", ("1.1", 6)))).Version);

        Assert.Equal([new CellFigure("1.1", new Amount(6, 0))], (await Drafts().Get(Caller, default)).Content.Cells.AsEnumerable());
    }

    [Fact]
    public async Task Save_OverSomebodyElsesVersion_IsStale()
    {
        await SaveAsync(Content, expected: 0);

        var refusal = await RefusedAsync(RefusalKind.Stale, () => SaveAsync(TestSilo.Command("", ("1.1", 6)), expected: 0));

        Assert.Equal(1, refusal.CurrentRevision);
        Assert.Equal(2, (await SaveAsync(TestSilo.Command("", ("1.1", 6)), expected: 1)).Version);
    }

    [Fact]
    public async Task Save_CellsThatTheFormDoesNotHave_AreEachNamed()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SaveAsync(Content with
        {
            Cells = [new CellFigure("nope", default)], Narrative = [new CellFigure("1.1", default), new CellFigure("nor this", default)],
        }));

        Assert.Equal(["cells[nope]", "narrative[nor this]"], refusal.Violations.Select(violation => violation.Field));
        await RefusedAsync(RefusalKind.NotFound, () => Drafts().Get(Caller, default));
    }

    [Fact]
    public async Task Discard_ADraft_IsGone()
    {
        await SaveAsync(Content);
        await Drafts().Discard(Caller, default);
        await Drafts().Discard(Caller, default);

        await RefusedAsync(RefusalKind.NotFound, () => Drafts().Get(Caller, default));
        Assert.Equal(3, (await SaveAsync(Content, expected: 2)).Version);
    }

    [Fact]
    public async Task Everything_ByAnyoneWhoMayNotSubmitForTheUnit_IsRefused()
    {
        await SaveAsync(Content);
        var reader = Caller with { Submit = null };
        var other = Caller with { Submit = new Subtree(Names.Territory, CountyTwo) };
        foreach (var (caller, kind) in new[]
        {
            (reader, RefusalKind.Forbidden), (other, RefusalKind.Forbidden), (Caller with { Tenant = "north" }, RefusalKind.NotFound),
        })
        {
            await RefusedAsync(kind, () => Drafts().Save(caller, Content, null, default));
            await RefusedAsync(kind, () => Drafts().Get(caller, default));
            await RefusedAsync(kind, () => Drafts().Discard(caller, default));
        }
    }

    private IDraftGrain Drafts() => Silo.Grains.GetGrain<IDraftGrain>(Key(CountyOne).ToString());

    private Task<DraftView> SaveAsync(SubmitCommand content, long? expected = null) =>
        Drafts().Save(Caller, content, expected, default);
}
