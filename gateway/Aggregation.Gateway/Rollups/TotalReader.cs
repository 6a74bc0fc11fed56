using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Gateway.Rollups;

/// <summary>Asks for a total where it is: live with its ledger, of the past in the journal.</summary>
internal sealed class TotalReader(IGrainFactory grains)
{
    public Task<TotalView> GetTotal(Caller caller, LedgerKey ledger, TotalQuery query, AsOfPoint? asOf, CancellationToken cancellation) =>
        asOf is null
            ? grains.GetGrain<ILedgerGrain>(ledger.ToString()).GetTotal(caller, query)
            : grains.GetGrain<IAsOfGrain>(ledger.ToString()).GetTotal(caller, query, asOf, cancellation);

    public Task<ChildrenView> Children(Caller caller, LedgerKey ledger, TotalQuery query, AsOfPoint? asOf, CancellationToken cancellation) =>
        asOf is null
            ? grains.GetGrain<ILedgerGrain>(ledger.ToString()).Children(caller, query)
            : grains.GetGrain<IAsOfGrain>(ledger.ToString()).Children(caller, query, asOf, cancellation);
}
