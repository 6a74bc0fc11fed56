using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tests.Transfer;

/// <summary>Another silo, on a journal of its own.</summary>
public sealed class TransferTarget : ClassSilo;

/// <summary>A tenant with reports, what an export of it holds, and another silo to take it to.</summary>
public abstract class TransferTest(ClassSilo silo, TransferTarget target) : SiloTest(silo), IClassFixture<TransferTarget>
{
    protected const string Export = "export-1";

    /// <summary>Where the tenant goes to.</summary>
    protected TestSilo Target => target.Silo;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await target.StartAsync(NewJournalAsync, new SiloSetup());
    }

    protected Task RestartTargetAsync() => target.RestartAsync(null, null);

    protected async Task<(ExportView View, ImmutableArray<TransferEntry> Entries)> ExportAsync(TestSilo? silo = null)
    {
        var view = await (silo ?? Silo).Transfer(Tenant).OpenExport(Caller, default);
        return (view, await ReadAsync(silo ?? Silo, view));
    }

    protected async Task<List<Receipt>> FillAsync()
    {
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });
        List<Receipt> receipts =
        [
            await SubmitAndAwaitAsync(CityOne, "a", 1),
            await SubmitAndAwaitAsync(Institute, "b", 20),
            await SubmitAndAwaitAsync(County, "c", 300),
            await SubmitAndAwaitAsync(CountyOne, "d", 4000),
            await SubmitAndAwaitAsync(CountyOne, "e", 4001),
            await SubmitAndAwaitAsync(CountyTwo, "f", 50000),
            await WithdrawAsync(County, "g"),
            await SubmitAndAwaitAsync(Province, "h", 600000),
        ];
        await AwaitAsync(receipts.Single(receipt => receipt.RequestId == "g"));
        await AwaitAsync(receipts.Single(receipt => receipt.RequestId == "e"), CityOne, Line);
        return receipts;
    }

    protected Task<ImportView> BeginAsync(TestSilo target, ExportView view) =>
        target.Tenant(Tenant).BeginImport(TestSilo.Platform, Of(view, Export));

    protected static ImportCommand Of(ExportView view, string export) => new()
    {
        Export = export, At = view.At, Name = view.Name, Forms = view.Forms,
    };

    protected string Text(TransferEntry entry) => $"{entry.Stream} {entry.Version} {Convert.ToHexStringLower(entry.Hash.AsSpan())}";

    protected async Task<ImmutableArray<TransferEntry>> ReadAsync(TestSilo silo, ExportView view)
    {
        var entries = ImmutableArray.CreateBuilder<TransferEntry>();
        var caller = TestSilo.Everything(Tenant);
        var point = new ExportPoint { Through = view.Through };
        while (await silo.Transfer(Tenant).ReadExport(caller, point, default) is { Length: > 0 } page)
        {
            entries.AddRange(page);
            point = point with { Stream = page[^1].Stream, Version = page[^1].Version };
        }

        return entries.ToImmutable();
    }
}
