using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.History;

/// <summary>Holds nothing: every answer is a reading of the journal. Who may read a total today may read it as it was.</summary>
internal sealed class HistoryGrain(FormCatalog forms, HistoryReader history) : Grain, IHistoryGrain
{
    public async Task<TotalView> GetTotal(Caller caller, TotalQuery query, AsOf asOf, CancellationToken cancellation)
    {
        var (total, point) = await ReadAsync(caller, query, asOf, cancellation);
        return total.ToTotal(point.ToAsOf());
    }

    public async Task<ChildrenView> Children(Caller caller, TotalQuery query, AsOf asOf, CancellationToken cancellation)
    {
        var (total, point) = await ReadAsync(caller, query, asOf, cancellation);
        return total.ToChildren(point.ToAsOf());
    }

    private async Task<(FoldedTotal Total, HistoryPoint Point)> ReadAsync(
        Caller caller, TotalQuery query, AsOf asOf, CancellationToken cancellation)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, forms);
        Access.RequireTotal(caller, await history.StructureNowAsync(key.Tenant), frame.Day, query.Tree, key.Unit);
        var point = await history.ResolveAsync(asOf, cancellation);
        return (await history.ReadAsync(frame, query, point, cancellation), point);
    }
}
