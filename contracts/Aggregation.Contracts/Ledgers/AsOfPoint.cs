namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// A point in the past: what bears a time up to an instant, what the journal held at a position, or what is both. The same
/// point always gives the same total, once <see cref="Position"/> is given; an answer carries the one that it used.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.AsOf")]
public sealed record AsOfPoint
{
    /// <summary>Only entries stamped at or before it; not in the future. Entries are stamped to the millisecond.</summary>
    [Id(0)] public DateTimeOffset? At { get; init; }

    /// <summary>Only entries at or before this position of the journal; null: its present end. At least 1.</summary>
    [Id(1)] public long? Position { get; init; }
}
