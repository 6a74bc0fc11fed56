using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Demo.Year;

/// <summary>Reads live totals of one task, after everything filed and decided so far has reached the root.</summary>
internal sealed class YearTotals(YearStage stage)
{
    private static readonly Layer[] Layers = [Layer.Submitted, Layer.Accepted];

    /// <summary>
    /// Waits until the root's live totals hold what the journal held at the last receipt: their set digests are then the same.
    /// </summary>
    /// <exception cref="RpcException">They did not come to hold it within the timeout.</exception>
    public async Task SettleAsync()
    {
        if (stage.LastReceipt is not { } at)
        {
            return;
        }

        var reader = await stage.Keys.ReaderAsync();
        foreach (var layer in Layers)
        {
            var journaled = stage.Total(stage.Tenant.Root, layer);
            journaled.AsOf = new AsOf { At = at };
            var expected = await reader.Rollups.GetTotalAsync(new GetTotalRequest { Total = journaled }, reader.Call());
            using var watch = reader.Rollups.Watch(new WatchRequest { Total = stage.Total(stage.Tenant.Root, layer) }, reader.Call());
            await foreach (var total in watch.ResponseStream.ReadAllAsync(stage.Cancellation))
            {
                if (total.Digest == expected.Digest)
                {
                    break;
                }
            }
        }
    }

    public async Task<Total> ReadAsync(Api reader, string unit, Layer layer) =>
        await reader.Rollups.GetTotalAsync(new GetTotalRequest { Total = stage.Total(unit, layer) }, reader.Call());

    /// <summary>The figures that tables show of the task's form.</summary>
    public IEnumerable<(string Name, string Value)> Figures(IEnumerable<CellTotal> cells)
    {
        var amounts = cells.ToDictionary(cell => cell.Code, cell => AmountText.Format(cell.Amount), StringComparer.Ordinal);
        return stage.Tenant.Script.Figures[stage.Task.Form].Select(cell => (cell, amounts.GetValueOrDefault(cell, "-")));
    }
}
