using Orleans.Concurrency;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// Totals as they stood at a point in the past, folded from the journal alone with the structure of that point; no ledger
/// is woken. The grain key is the <see cref="LedgerKey"/> of the total's unit. Rights are those of today.
/// </summary>
[Alias("aggregation.IAsOfGrain")]
public interface IAsOfGrain : IGrainWithStringKey
{
    /// <summary>What <see cref="ILedgerGrain.GetTotal"/> answered then, once everything filed by then had arrived.</summary>
    [Alias("GetTotal"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<TotalView> GetTotal(Caller caller, TotalQuery query, AsOfPoint asOf, CancellationToken cancellation);

    /// <summary>What <see cref="ILedgerGrain.Children"/> answered then.</summary>
    [Alias("Children"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<ChildrenView> Children(Caller caller, TotalQuery query, AsOfPoint asOf, CancellationToken cancellation);
}
