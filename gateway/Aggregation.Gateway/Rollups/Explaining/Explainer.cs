using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Rollups.Explaining;

/// <summary>
/// Opens a cell of a total down the tree, each unit's line before those of its parts. Every level is taken at one
/// instant; a live figure that changes while the walk goes on shows its new value further down, one of the past does not.
/// </summary>
internal sealed class Explainer(IGrainFactory grains, TotalReader totals)
{
    public const int MaxDepth = 16;

    public async Task Explain(
        Caller caller,
        LedgerKey ledger,
        TotalQuery query,
        V1.ExplainRequest request,
        IServerStreamWriter<V1.ExplainLine> lines,
        CancellationToken cancellation)
    {
        if (request.Depth is < 0 or > MaxDepth)
        {
            throw Faults.Refuse(Faults.OutOfRange("depth", request.Depth, 0, MaxDepth));
        }

        var cell = LedgerMapping.Code("cell", request.Cell);
        var view = await totals.Children(caller, ledger, query, LedgerMapping.AsOf(request.Total), cancellation);
        var total = view.Total;
        if (!TryFind(total.Cells, cell, out var figure))
        {
            await RequireCell(caller, ledger, cell);
        }

        await lines.WriteAsync(
            new V1.ExplainLine
            {
                Unit = ledger.Unit,
                UnitName = total.UnitName,
                Amount = figure is { } sum ? LedgerMapping.Amount(sum.Amount) : null,
                Count = figure?.Count ?? 0,
                Coverage = RollupMapping.Coverage(total.Coverage),
            },
            cancellation);
        var walk = new Walk(totals, caller, ledger, query with { Scope = Scope.Region }, total.AsOf, cell, lines, cancellation);
        await walk.Open(view.Parts, 1, request.Depth == 0 ? int.MaxValue : request.Depth);
    }

    private static bool TryFind(ImmutableArray<CellTotal> cells, string code, out CellTotal? found)
    {
        foreach (var cell in cells)
        {
            if (cell.Cell == code)
            {
                found = cell;
                return true;
            }
        }

        found = null;
        return false;
    }

    /// <summary>A cell that no unit gave is in no total; only the form can tell it from one that does not exist.</summary>
    private async Task RequireCell(Caller caller, LedgerKey ledger, string cell)
    {
        foreach (var form in await grains.GetGrain<ITenantGrain>(TenantKeys.Of(caller.Tenant)).ListForms(caller))
        {
            if (form.Form == ledger.Form && form.Cells.Any(candidate => candidate.Cell.Code == cell))
            {
                return;
            }
        }

        throw Faults.Refuse(Faults.Unknown("cell", cell, $"a cell of form {ledger.Form}"));
    }

    private sealed class Walk(
        TotalReader totals,
        Caller caller,
        LedgerKey root,
        TotalQuery query,
        AsOfPoint? asOf,
        string cell,
        IServerStreamWriter<V1.ExplainLine> lines,
        CancellationToken cancellation)
    {
        public async Task Open(ImmutableArray<Part> parts, int depth, int deepest)
        {
            foreach (var part in parts)
            {
                var given = TryFind(part.Cells, cell, out var figure);
                await lines.WriteAsync(Line(part, figure, depth), cancellation);

                // Under a part without the cell there is nothing that makes it.
                if (given && part.CanOpen && !part.IsOwn && depth < deepest)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var child = await totals.Children(caller, root.At(part.Unit), query, asOf, cancellation);
                    await Open(child.Parts, depth + 1, deepest);
                }
            }
        }

        private static V1.ExplainLine Line(Part part, CellTotal? figure, int depth) => new()
        {
            Depth = depth,
            Unit = part.Unit,
            UnitName = part.UnitName,
            Own = part.IsOwn,
            Amount = figure is { } sum ? LedgerMapping.Amount(sum.Amount) : null,
            Count = figure?.Count ?? 0,
            Coverage = RollupMapping.Coverage(part.Coverage),
            Source = RollupMapping.Source(part.Source),
        };
    }
}
