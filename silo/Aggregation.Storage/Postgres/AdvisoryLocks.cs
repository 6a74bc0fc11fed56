namespace Aggregation.Storage.Postgres;

/// <summary>The advisory locks of a journal's database, as pairs of a number of ours and a number per purpose.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held while the schema changes.</summary>
    public const string Migration = "1095190354, 1";

    /// <summary>Held by a host for as long as it is connected.</summary>
    public const string Lease = "1095190354, 2";

    /// <summary>
    /// Held by a transaction that appends, so that entries become visible in the order of their positions: who has read
    /// up to a position will never miss an entry below it.
    /// </summary>
    public const string Append = "1095190354, 3";
}
