namespace Aggregation.Storage.Postgres;

/// <summary>What a transaction came to.</summary>
/// <param name="Positions">Of the appends that went in.</param>
/// <param name="EpochBefore">The epoch before the first that was taken; those taken follow it in order.</param>
internal readonly record struct BatchOutcome(IReadOnlyDictionary<PendingAppend, long> Positions, long EpochBefore);
