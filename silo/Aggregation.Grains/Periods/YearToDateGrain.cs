using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Structure;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Periods;

/// <summary>
/// Holds nothing: each period's ledger answers for itself and decides by the caller's rights in that period's tree, in
/// which the unit may have stood elsewhere or not at all.
/// </summary>
internal sealed class YearToDateGrain(FormCatalog forms, IGrainFactory grains, AsOfReader history, AsOfTenants tenants) : Grain, IYearToDateGrain
{
    public async Task<YearToDateView> GetTotal(Caller caller, TotalQuery query, AsOfPoint? asOf, CancellationToken cancellation)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, forms);
        var (structure, point) = await OpenAsync(key.Tenant, asOf, cancellation);
        var totals = await Task.WhenAll(frame.Period.YearToDate.Select(
            period => ReadAsync(caller, query, frame, period, structure, point, cancellation)));
        var combined = OverTime.Combine(frame.Form, [.. totals.Select(total => ToDomain(frame, total))]);
        return new YearToDateView
        {
            Ledger = key,
            Query = query,
            UnitName = totals[^1]!.UnitName,
            Digest = totals.Aggregate(SetDigest.Zero, (sum, total) => total is null ? sum : sum + SetDigest.Parse(total.Digest)).ToString(),
            Cells = FigureViews.Cells(frame, combined),
            Derived = FigureViews.Derived(frame, combined),
            AsOf = point,
            Periods = [.. frame.Period.YearToDate.Zip(totals, (period, total) => ToPart(period, total, structure))],
        };
    }

    /// <returns>Null where the unit did not stand in the tree in a period before the last.</returns>
    private async Task<TotalView?> ReadAsync(
        Caller caller, TotalQuery query, LedgerFrame frame, Period period, AdministrativeStructure structure, AsOfPoint? asOf,
        CancellationToken cancellation)
    {
        var stood = structure.HasTree(query.Tree) && structure.At(query.Tree, period.LastDay).TryFind(frame.Key.Unit, out _);
        if (!stood && period != frame.Period)
        {
            return null;
        }

        var ledger = (frame.Key with { Period = period.ToString() }).ToString();
        return asOf is null
            ? await grains.GetGrain<ILedgerGrain>(ledger).GetTotal(caller, query)
            : await grains.GetGrain<IAsOfGrain>(ledger).GetTotal(caller, query, asOf, cancellation);
    }

    /// <summary>The structure that tells where the unit stood, and the one point at which every period is read.</summary>
    private async Task<(AdministrativeStructure Structure, AsOfPoint? Point)> OpenAsync(
        string tenant, AsOfPoint? asOf, CancellationToken cancellation)
    {
        if (asOf is null)
        {
            return (await history.StructureNowAsync(tenant), null);
        }

        var point = await history.ResolveAsync(asOf, cancellation);
        return ((await tenants.AtAsync(tenant, point, cancellation)).Structure, point.ToPoint());
    }

    private static Totals ToDomain(LedgerFrame frame, TotalView? total) => total is null
        ? Totals.Empty(frame.Cells)
        : Totals.Of(frame.Cells, total.Cells.Select(cell =>
        {
            var known = frame.Form.Cells[frame.Form.IndexOf(cell.Cell)];
            return (known.Index, cell.Amount.ToFixedPoint(known.Scale), cell.Count);
        }));

    private static PeriodTotal ToPart(Period period, TotalView? total, AdministrativeStructure structure) => new()
    {
        Period = period.ToString(),
        Coverage = total?.Coverage ?? default,
        Digest = total?.Digest ?? SetDigest.Zero.ToString(),
        Version = total?.Version ?? default,
        StructureVersion = total?.StructureVersion ?? structure.Version,
    };
}
