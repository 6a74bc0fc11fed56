using Orleans.Concurrency;

namespace Aggregation.Contracts.Checks;

/// <summary>
/// Tries checks on what a unit and those below it in the territory have filed. The grain key is a <see cref="LedgerKey"/>. Refuses with
/// <see cref="RefusedException"/>.
/// </summary>
[Alias("aggregation.ICheckTrialGrain")]
public interface ICheckTrialGrain : IGrainWithStringKey
{
    /// <summary>Reads what is filed now, once, and changes nothing. Takes the right to read the unit and every unit below it.</summary>
    [Alias("Try"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<CheckTrial> Try(Caller caller, TryCheckQuery query, CancellationToken cancellation);
}
