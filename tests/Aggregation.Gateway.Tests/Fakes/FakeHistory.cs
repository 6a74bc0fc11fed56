using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>What the ledger of the same key says, with the point asked for; one without a position is pinned to 99.</summary>
internal sealed class FakeHistory(FakeLedger ledger) : IHistoryGrain
{
    public async Task<TotalView> GetTotal(Caller caller, TotalQuery query, AsOf asOf, CancellationToken cancellation) =>
        await ledger.GetTotal(caller, query) with { AsOf = Pinned(asOf) };

    public async Task<ChildrenView> Children(Caller caller, TotalQuery query, AsOf asOf, CancellationToken cancellation)
    {
        var view = await ledger.Children(caller, query);
        ledger.PastAsked.Add(asOf);
        return view with { Total = view.Total with { AsOf = Pinned(asOf) } };
    }

    private static AsOf Pinned(AsOf asOf) => asOf with { Position = asOf.Position ?? 99 };
}
