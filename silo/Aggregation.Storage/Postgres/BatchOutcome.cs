namespace Aggregation.Storage.Postgres;

/// <summary>What a transaction came to.</summary>
/// <param name="Positions">Of the appends that went in.</param>
/// <param name="LastEpoch">The last of the epochs taken; 0 if none was asked for.</param>
internal readonly record struct BatchOutcome(IReadOnlyDictionary<PendingAppend, long> Positions, long LastEpoch);
