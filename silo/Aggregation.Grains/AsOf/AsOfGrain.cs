using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.AsOf;

/// <summary>Holds nothing: every answer is a reading of the journal. Who may read a total today may read it as it was.</summary>
internal sealed class AsOfGrain(FormCatalog forms, AsOfReader history) : Grain, IAsOfGrain
{
    public async Task<TotalView> GetTotal(Caller caller, TotalQuery query, AsOfPoint asOf, CancellationToken cancellation)
    {
        var (total, point) = await ReadAsync(caller, query, asOf, cancellation);
        return total.ToTotal(point.ToPoint());
    }

    public async Task<ChildrenView> Children(Caller caller, TotalQuery query, AsOfPoint asOf, CancellationToken cancellation)
    {
        var (total, point) = await ReadAsync(caller, query, asOf, cancellation);
        return total.ToChildren(point.ToPoint());
    }

    private async Task<(FoldedTotal Total, JournalPoint Point)> ReadAsync(
        Caller caller, TotalQuery query, AsOfPoint asOf, CancellationToken cancellation)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, forms);
        Access.RequireTotal(caller, await history.StructureNowAsync(key.Tenant), frame.Day, query.Tree, key.Unit);
        var point = await history.ResolveAsync(asOf, cancellation);
        return (await history.ReadAsync(frame, query, point, cancellation), point);
    }
}
