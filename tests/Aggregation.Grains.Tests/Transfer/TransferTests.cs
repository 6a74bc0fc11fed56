using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Obligations;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Obligations;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Audit;
using Aggregation.Grains.Tests.Hosting;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Transfer;

/// <summary>A tenant goes from one journal to another, whole or not at all.</summary>
public sealed class TransferTests : TransferTest
{
    private static readonly string[] Everyone =
        [Province, City, CityOne, Institute, CityTwo, County, CountyOne, CountyTwo, Lonely];

    private static readonly TaskRules Departments = new()
    {
        Obliged = [new FilterText(["department"], [], "", [])], Deadlines = [new DeadlineText(new FilterText([], [], "", []), "2100-01-01", 0, 0)],
    };

    private static ITaskGrain Tasks(TestSilo silo) => silo.Grains.GetGrain<ITaskGrain>(TenantKeys.TasksOf("south"));

    [Fact]
    public async Task Import_WholeExport_GivesTheSameTotalsDigestsReceiptsAndKeys()
    {
        var receipts = await FillAsync();
        var key = await Silo.Tenant("south").CreateKey(Caller, new CreateKeyCommand { Label = "reader", Read = new Subtree(Names.Territory, City) });
        await Tasks(Silo).Open(Caller, new OpenTaskCommand { Form = "interaction", Period = "2017", Rules = Departments }, CancellationToken.None);
        var task = await Tasks(Silo).Get(Caller, "interaction", "2017");
        var (view, entries) = await ExportAsync();
        Assert.Equal(view.Entries, entries.Length);
        var before = await TotalsAsync(Silo);

        await using var target = await TestSilo.StartAsync(Other.Path);
        await ImportAsync(target, view, entries, 7);

        Assert.Equal(before, await TotalsAsync(target));
        var moved = await Tasks(target).Get(Caller, "interaction", "2017");
        Assert.Equal(task with { Rules = moved.Rules }, moved);
        var total = await target.Ledger(Key(Province)).GetTotal(Caller, new TotalQuery());
        Assert.Equal(moved.Units, total.Coverage.Expected);
        Assert.InRange(moved.Units, 4, Everyone.Length - 1);
        foreach (var receipt in receipts)
        {
            var answer = await target.Ledger(receipt.Ledger).VerifyReceipt(
                Caller, new VerifyReceiptQuery { Revision = receipt.Revision, Hash = receipt.Hash }, CancellationToken.None);
            Assert.Equal(ReceiptStanding.Held, answer.Standing);
        }

        Assert.Equal(await RowsAsync(Silo), await RowsAsync(target));
        var opened = await Authenticate(target, key.Text);
        Assert.Equal((key.Key.KeyId, key.Key.Read), (opened!.KeyId, opened.Read));
        Assert.Equal(["south"], (await target.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).ListTenants(TestSilo.Platform))
            .Select(tenant => tenant.Tenant));
        Assert.Empty(await target.Audit(new AuditKey("south", "interaction", "2017")).Audit(CancellationToken.None));

        // Life goes on: the next revision chains to the last imported one, and a repeated request is known.
        var repeated = await target.Ledger(receipts[0].Ledger).Submit(Caller, Command("a", 1), CancellationToken.None);
        Assert.Equal(receipts[0].Hash, repeated.Hash);
        var next = await target.Ledger(Key(CountyOne)).Submit(Caller, Command("next", 9), CancellationToken.None);
        Assert.Equal(3, next.Revision);
    }

    [Fact]
    public async Task Import_ThereAndBack_IsTheSameExport()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        await using var target = await TestSilo.StartAsync(Other.Path);
        await ImportAsync(target, view, entries, 100);

        var (again, back) = await ExportAsync(target);

        Assert.Equal(view.Entries, again.Entries);
        Assert.Equal(entries.Select(Text), back.Select(Text));
    }

    [Fact]
    public async Task Import_OfAnImportWithCheckpoints_RecordsNothingThatStaysBehind()
    {
        await FillAsync();
        await CheckpointAsync(Silo);
        var (view, entries) = await ExportAsync();
        await using var target = await TestSilo.StartAsync(Other.Path);
        await ImportAsync(target, view, entries, 100);
        await CheckpointAsync(target);
        var (_, again) = await ExportAsync(target);

        var recorded = await Checkpoints.ReadAsync(target.Services.GetRequiredService<IJournal>(), "south", CancellationToken.None);

        Assert.Equal(
            again.Select(entry => entry.Stream).Where(stream => stream != Checkpoints.Stream).Distinct().Order(StringComparer.Ordinal),
            recorded.Keys.Order(StringComparer.Ordinal));

        static Task CheckpointAsync(TestSilo silo) =>
            silo.Services.GetRequiredService<Checkpoints>().WriteAsync("south", CancellationToken.None);
    }

    [Fact]
    public async Task Import_HalfWay_NobodySeesTheTenantAndNobodyTakesItsName()
    {
        await FillAsync();
        var key = await Silo.Tenant("south").CreateKey(Caller, new CreateKeyCommand { Label = "reader", Read = Caller.Read });
        var (view, entries) = await ExportAsync();
        await using var target = await TestSilo.StartAsync(Other.Path);
        await BeginAsync(target, view);
        await target.Transfer("south").Import(TestSilo.Platform, Export, entries);

        Assert.Null(await Authenticate(target, key.Text));
        await RefusedAsync(RefusalKind.NotFound, () => target.Ledger(Key(Province)).GetTotal(Caller, new TotalQuery()));
        await RefusedAsync(RefusalKind.NotFound, () => target.Ledger(Key(CountyOne)).Submit(Caller, Command("x", 1), default));
        var units = await target.Tenant("south").ListUnits(Caller, new UnitsQuery());
        Assert.Empty(units.Units);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => target.Tenant("south").Create(
            TestSilo.Platform, new CreateTenantCommand("south", "South", new TenantSettings())));
        Assert.Empty(await target.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).ListTenants(TestSilo.Platform));

        await target.Tenant("south").FinishImport(TestSilo.Platform, Export, view.Entries);
        Assert.NotNull(await Authenticate(target, key.Text));
        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(target));
    }

    [Fact]
    public async Task Import_InterruptedAndRunAgain_GoesOnWhereItStopped()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        await using (var first = await TestSilo.StartAsync(Other.Path))
        {
            await BeginAsync(first, view);
            Assert.Equal(5, await first.Transfer("south").Import(TestSilo.Platform, Export, entries[..5]));
        }

        await using var second = await TestSilo.StartAsync(Other.Path);
        await BeginAsync(second, view);
        Assert.Equal(2, await second.Transfer("south").Import(TestSilo.Platform, Export, entries[..7]));
        Assert.Equal(entries.Length - 7, await second.Transfer("south").Import(TestSilo.Platform, Export, entries[7..]));
        await second.Tenant("south").FinishImport(TestSilo.Platform, Export, view.Entries);

        Assert.True((await BeginAsync(second, view)).Finished);
        await second.Tenant("south").FinishImport(TestSilo.Platform, Export, view.Entries);
        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(second));
    }

    [Fact]
    public async Task Import_NewerExportAfterAHalfOfAnOlder_TakesIt()
    {
        await FillAsync();
        var (older, half) = await ExportAsync();
        Silo.Clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAndAwaitAsync(CountyTwo, "later", 77);
        var (newer, whole) = await ExportAsync();
        await using var target = await TestSilo.StartAsync(Other.Path);
        await BeginAsync(target, older);
        await target.Transfer("south").Import(TestSilo.Platform, Export, half[..6]);

        await target.Tenant("south").BeginImport(TestSilo.Platform, Of(newer, "export-2"));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => target.Transfer("south").Import(TestSilo.Platform, Export, half[6..]));
        await target.Transfer("south").Import(TestSilo.Platform, "export-2", whole);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => target.Tenant("south").BeginImport(TestSilo.Platform, Of(older, Export)));
        await target.Tenant("south").FinishImport(TestSilo.Platform, "export-2", newer.Entries);

        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(target));
    }

    [Fact]
    public async Task Export_WhileUnitsFile_HoldsWhatWasThereWhenItBegan()
    {
        await FillAsync();
        var view = await Silo.Transfer("south").OpenExport(Caller, default);
        await SubmitAsync(CountyTwo, "later", 1);
        await SubmitAsync(Lonely, "later", 1);

        Assert.Equal(view.Entries, (await ReadAsync(Silo, view)).Length);
    }

    private static async Task ImportAsync(TestSilo target, ExportView view, ImmutableArray<TransferEntry> entries, int chunk)
    {
        await BeginAsync(target, view);
        foreach (var part in entries.Chunk(chunk))
        {
            Assert.Equal(part.Length, await target.Transfer("south").Import(TestSilo.Platform, Export, [.. part]));
        }

        await target.Tenant("south").FinishImport(TestSilo.Platform, Export, view.Entries);
    }

    private static Task<Caller?> Authenticate(TestSilo silo, string text)
    {
        var parts = text.Split('_');
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(parts[3]));
        return silo.Tenant(parts[1]).Authenticate(parts[2], Convert.ToHexStringLower(hash));
    }

    /// <summary>The rows of <c>latest</c> as the journal has them, to the last bit.</summary>
    private static async Task<string[]> RowsAsync(TestSilo silo)
    {
        var rows = await silo.Services.GetRequiredService<IJournal>().ReadLatestAsync(
            "south", "interaction", "2017", Everyone, CancellationToken.None);
        return [.. rows.OrderBy(row => row.Unit, StringComparer.Ordinal).Select(row =>
            $"{row.Unit} {row.Version} {Convert.ToHexString(row.Hash.Span)} {Convert.ToHexString(row.State.Span)} {row.SubmittedDigest} {row.AcceptedDigest}")];
    }

    private async Task<List<string>> TotalsAsync(TestSilo silo)
    {
        var totals = new List<string>();
        foreach (var (tree, units) in new[] { (Names.Territory, Everyone), (Line, [CityOne, CountyOne]) })
        {
            foreach (var unit in units)
            {
                foreach (var scope in Enum.GetValues<Scope>())
                {
                    foreach (var layer in Enum.GetValues<Layer>())
                    {
                        var view = await silo.Ledger(Key(unit)).GetTotal(
                            Caller, new TotalQuery { Tree = tree, Scope = scope, Layer = layer });
                        totals.Add($"{tree} {unit} {scope} {layer} {Figure(view.Cells)} {view.Coverage} {view.Digest}");
                    }
                }
            }
        }

        return totals;
    }
}
