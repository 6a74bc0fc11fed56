using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Audit;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Transfer;

/// <summary>A tenant goes from one journal to another, whole or not at all.</summary>
public sealed class TransferTests(ClassSilo silo, TransferTarget target) : TransferTest(silo, target)
{
    private static readonly string[] Everyone =
        [Province, City, CityOne, Institute, CityTwo, County, CountyOne, CountyTwo, Lonely];

    private static readonly TaskRules Departments = new()
    {
        Obliged = [new FilterText(["department"], [], "", [])], Deadlines = [new DeadlineText(new FilterText([], [], "", []), "2100-01-01", 0, 0)],
    };

    private ITaskGrain Tasks(TestSilo silo) => silo.Grains.GetGrain<ITaskGrain>(TenantKeys.TasksOf(Tenant));

    [Fact]
    public async Task Import_WholeExport_GivesTheSameTotalsDigestsReceiptsAndKeys()
    {
        var receipts = await FillAsync();
        var key = await Silo.Tenant(Tenant).CreateKey(Caller, new CreateKeyCommand { Label = "reader", Read = new Subtree(Names.Territory, City) });
        await Tasks(Silo).Open(Caller, new OpenTaskCommand { Form = "interaction", Period = "2017", Rules = Departments }, CancellationToken.None);
        var task = await Tasks(Silo).Get(Caller, "interaction", "2017");
        var (view, entries) = await ExportAsync();
        Assert.Equal(view.Entries, entries.Length);
        var before = await TotalsAsync(Silo);

        await ImportAsync(view, entries, 7);

        Assert.Equal(before, await TotalsAsync(Target));
        var moved = await Tasks(Target).Get(Caller, "interaction", "2017");
        Assert.Equal(task with { Rules = moved.Rules }, moved);
        var total = await Target.Ledger(Key(Province)).GetTotal(Caller, new TotalQuery());
        Assert.Equal(moved.Units, total.Coverage.Expected);
        Assert.InRange(moved.Units, 4, Everyone.Length - 1);
        foreach (var receipt in receipts)
        {
            var answer = await Target.Ledger(receipt.Ledger).VerifyReceipt(
                Caller, new VerifyReceiptQuery { Revision = receipt.Revision, Hash = receipt.Hash }, CancellationToken.None);
            Assert.Equal(ReceiptState.Held, answer.State);
        }

        Assert.Equal(await RowsAsync(Silo), await RowsAsync(Target));
        var opened = await Authenticate(Target, key.Text);
        Assert.Equal((key.Key.KeyId, key.Key.Read), (opened!.KeyId, opened.Read));
        Assert.Single(await ListedAsync());
        Assert.Empty(await Target.Audit(new AuditKey(Tenant, "interaction", "2017")).Audit(CancellationToken.None));

        // Life goes on: the next revision chains to the last imported one, and a repeated request is known.
        var repeated = await Target.Ledger(receipts[0].Ledger).Submit(Caller, Command("a", 1), CancellationToken.None);
        Assert.Equal(receipts[0].Hash, repeated.Hash);
        var next = await Target.Ledger(Key(CountyOne)).Submit(Caller, Command("next", 9), CancellationToken.None);
        Assert.Equal(3, next.Revision);
    }

    [Fact]
    public async Task Import_ThereAndBack_IsTheSameExport()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        await ImportAsync(view, entries, 100);

        var (again, back) = await ExportAsync(Target);

        Assert.Equal(view.Entries, again.Entries);
        Assert.Equal(entries.Select(Text), back.Select(Text));
    }

    [Fact]
    public async Task Import_OfAnImportWithCheckpoints_RecordsNothingThatStaysBehind()
    {
        await FillAsync();
        await CheckpointAsync(Silo);
        var (view, entries) = await ExportAsync();
        await ImportAsync(view, entries, 100);
        await CheckpointAsync(Target);
        var (_, again) = await ExportAsync(Target);

        var recorded = await Checkpoints.ReadAsync(Target.Services.GetRequiredService<IJournal>(), Tenant, CancellationToken.None);

        Assert.Equal(
            again.Select(entry => entry.Stream).Where(stream => stream != Checkpoints.Stream).Distinct().Order(StringComparer.Ordinal),
            recorded.Keys.Order(StringComparer.Ordinal));

        Task CheckpointAsync(TestSilo silo) =>
            silo.Services.GetRequiredService<Checkpoints>().WriteAsync(Tenant, CancellationToken.None);
    }

    [Fact]
    public async Task Import_HalfWay_NobodySeesTheTenantAndNobodyTakesItsName()
    {
        await FillAsync();
        var key = await Silo.Tenant(Tenant).CreateKey(Caller, new CreateKeyCommand { Label = "reader", Read = Caller.Read });
        var (view, entries) = await ExportAsync();
        await BeginAsync(Target, view);
        await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, entries);

        Assert.Null(await Authenticate(Target, key.Text));
        await RefusedAsync(RefusalKind.NotFound, () => Target.Ledger(Key(Province)).GetTotal(Caller, new TotalQuery()));
        await RefusedAsync(RefusalKind.NotFound, () => Target.Ledger(Key(CountyOne)).Submit(Caller, Command("x", 1), default));
        var units = await Target.Tenant(Tenant).ListUnits(Caller, new UnitsQuery());
        Assert.Empty(units.Units);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Target.Tenant(Tenant).Create(
            TestSilo.Platform, new CreateTenantCommand(Tenant, "South", new TenantSettings())));
        Assert.Empty(await ListedAsync());

        await Target.Tenant(Tenant).FinishImport(TestSilo.Platform, Export, view.Entries);
        Assert.NotNull(await Authenticate(Target, key.Text));
        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(Target));
    }

    [Fact]
    public async Task Import_InterruptedAndRunAgain_GoesOnWhereItStopped()
    {
        await FillAsync();
        var (view, entries) = await ExportAsync();
        await BeginAsync(Target, view);
        Assert.Equal(5, await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, entries[..5]));

        await RestartTargetAsync();
        await BeginAsync(Target, view);
        Assert.Equal(2, await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, entries[..7]));
        Assert.Equal(entries.Length - 7, await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, entries[7..]));
        await Target.Tenant(Tenant).FinishImport(TestSilo.Platform, Export, view.Entries);

        Assert.True((await BeginAsync(Target, view)).Finished);
        await Target.Tenant(Tenant).FinishImport(TestSilo.Platform, Export, view.Entries);
        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(Target));
    }

    [Fact]
    public async Task Import_NewerExportAfterAHalfOfAnOlder_TakesIt()
    {
        await FillAsync();
        var (older, half) = await ExportAsync();
        Silo.Clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAndAwaitAsync(CountyTwo, "later", 77);
        var (newer, whole) = await ExportAsync();
        await BeginAsync(Target, older);
        await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, half[..6]);

        await Target.Tenant(Tenant).BeginImport(TestSilo.Platform, Of(newer, "export-2"));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Target.Transfer(Tenant).Import(TestSilo.Platform, Export, half[6..]));
        await Target.Transfer(Tenant).Import(TestSilo.Platform, "export-2", whole);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Target.Tenant(Tenant).BeginImport(TestSilo.Platform, Of(older, Export)));
        await Target.Tenant(Tenant).FinishImport(TestSilo.Platform, "export-2", newer.Entries);

        Assert.Equal(await TotalsAsync(Silo), await TotalsAsync(Target));
    }

    [Fact]
    public async Task Export_WhileUnitsFile_HoldsWhatWasThereWhenItBegan()
    {
        await FillAsync();
        var view = await Silo.Transfer(Tenant).OpenExport(Caller, default);
        await SubmitAsync(CountyTwo, "later", 1);
        await SubmitAsync(Lonely, "later", 1);

        Assert.Equal(view.Entries, (await ReadAsync(Silo, view)).Length);
    }

    /// <summary>The tenant, as often as the target lists it.</summary>
    private async Task<IEnumerable<TenantView>> ListedAsync() =>
        (await Target.Grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).ListTenants(TestSilo.Platform)).Where(tenant => tenant.Tenant == Tenant);

    private async Task ImportAsync(ExportView view, ImmutableArray<TransferEntry> entries, int chunk)
    {
        await BeginAsync(Target, view);
        foreach (var part in entries.Chunk(chunk))
        {
            Assert.Equal(part.Length, await Target.Transfer(Tenant).Import(TestSilo.Platform, Export, [.. part]));
        }

        await Target.Tenant(Tenant).FinishImport(TestSilo.Platform, Export, view.Entries);
    }

    private static Task<Caller?> Authenticate(TestSilo silo, string text)
    {
        var parts = text.Split('_');
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(parts[3]));
        return silo.Tenant(parts[1]).Authenticate(parts[2], Convert.ToHexStringLower(hash));
    }

    /// <summary>The rows of <c>latest</c> as the journal has them, to the last bit.</summary>
    private async Task<string[]> RowsAsync(TestSilo silo)
    {
        var rows = await silo.Services.GetRequiredService<IJournal>().ReadLatestAsync(
            Tenant, "interaction", "2017", Everyone, CancellationToken.None);
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
