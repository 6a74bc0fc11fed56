namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// Version of a contribution, compared epoch first. A unit's own figures carry epoch 0 and the version of their journal
/// stream; an aggregate carries the epoch that its activation took from the journal and its own counter.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.LedgerVersion")]
public readonly record struct LedgerVersion([property: Id(0)] long Epoch, [property: Id(1)] long Version)
    : IComparable<LedgerVersion>
{
    public int CompareTo(LedgerVersion other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Version.CompareTo(other.Version);

    public static bool operator <(LedgerVersion left, LedgerVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(LedgerVersion left, LedgerVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(LedgerVersion left, LedgerVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LedgerVersion left, LedgerVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Epoch}.{Version}";
}
