using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Tests.Hosting;

namespace Aggregation.Grains.Tests.Transfer;

/// <summary>A tenant with reports, what an export of it holds, and another journal to take it to.</summary>
public abstract class TransferTest : SiloTest
{
    protected const string Export = "export-1";

    /// <summary>The journal that a tenant goes to.</summary>
    protected TempFolder Other { get; } = new();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Other.Dispose();
    }

    protected async Task<(ExportView View, ImmutableArray<TransferEntry> Entries)> ExportAsync(TestSilo? silo = null)
    {
        var view = await (silo ?? Silo).Transfer("south").OpenExport(Caller, default);
        return (view, await ReadAsync(silo ?? Silo, view));
    }

    protected async Task<List<Receipt>> FillAsync()
    {
        await Silo.Tenant("south").ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });
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

    protected static Task<ImportView> BeginAsync(TestSilo target, ExportView view) =>
        target.Tenant("south").BeginImport(TestSilo.Platform, Of(view, Export));

    protected static ImportCommand Of(ExportView view, string export) => new()
    {
        Export = export, At = view.At, Name = view.Name, Forms = view.Forms,
    };

    protected static string Text(TransferEntry entry) => $"{entry.Stream} {entry.Version} {Convert.ToHexStringLower(entry.Hash.AsSpan())}";

    protected static async Task<ImmutableArray<TransferEntry>> ReadAsync(TestSilo silo, ExportView view)
    {
        var entries = ImmutableArray.CreateBuilder<TransferEntry>();
        var caller = TestSilo.Everything("south");
        var point = new ExportPoint { Through = view.Through };
        while (await silo.Transfer("south").ReadExport(caller, point, default) is { Length: > 0 } page)
        {
            entries.AddRange(page);
            point = point with { Stream = page[^1].Stream, Version = page[^1].Version };
        }

        return entries.ToImmutable();
    }
}
