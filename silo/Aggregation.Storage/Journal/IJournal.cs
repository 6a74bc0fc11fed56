namespace Aggregation.Storage.Journal;

/// <summary>
/// The only durable truth: append-only streams of entries, unique by (tenant, stream, version), and in the same
/// transaction the <c>latest</c> table of what each ledger counts now. Every read is filtered by tenant.
/// </summary>
/// <remarks>
/// Any method fails with <see cref="JournalUnavailableException"/> when the database cannot answer; nothing was applied
/// unless an append's outcome is unknown, in which case the journal has already looked the request up again.
/// </remarks>
public interface IJournal
{
    /// <summary>
    /// Appends one entry together with whatever else is queued, in one transaction, and completes when it is on disk.
    /// A conflict refuses this entry and no other. Once queued, an entry is written whether or not anybody waits.
    /// </summary>
    Task<AppendOutcome> AppendAsync(NewEntry entry);

    /// <summary>
    /// A number greater than every number given before, by any process, and on disk before it is given, together with the
    /// ledger that now holds it.
    /// </summary>
    Task<long> TakeEpochAsync(LedgerName ledger);

    /// <summary>
    /// Those of these ledgers of which the journal knows a later epoch or a later version than is held, as the journal knows
    /// them, by one query: what holds them is superseded, unless it appended that version itself meanwhile.
    /// </summary>
    Task<IReadOnlyList<LedgerHead>> FindSupersededAsync(IReadOnlyCollection<LedgerHead> held, CancellationToken cancellation);

    /// <summary>What these units' ledgers of one form and period count now; units that never filed are left out.</summary>
    Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, string period, IReadOnlyCollection<string> units, CancellationToken cancellation);

    /// <summary>What one unit's ledgers of one form count now, for these periods.</summary>
    Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, IReadOnlyCollection<string> periods, string unit, CancellationToken cancellation);

    /// <summary>The digests of every ledger of one form and period, by one scan.</summary>
    Task<IReadOnlyList<LatestDigest>> ScanDigestsAsync(
        string tenant, string form, string period, CancellationToken cancellation);

    /// <summary>Entries of a stream with version &gt; <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<StoredEntry>> ReadStreamAsync(
        string tenant, string stream, long after, CancellationToken cancellation);

    /// <summary>
    /// Every entry of the streams whose names begin with a prefix, up to a position: stream by stream, each in order of
    /// version. Holds one page in memory, and no transaction between pages.
    /// </summary>
    /// <param name="prefix">Ends with '/', such as <c>ledger/2014/2017/</c>; empty: every stream of the tenant.</param>
    /// <param name="through">The last position to include, as <see cref="ReadPositionAsync"/> gave it: what is appended later is left out.</param>
    IAsyncEnumerable<StoredEntry> ReadStreamsAsync(string tenant, string prefix, long through, CancellationToken cancellation);

    /// <summary>
    /// The position up to which the journal is settled: whatever is acknowledged by now is at or before it, and nothing is
    /// ever added there. 0 for an empty journal.
    /// </summary>
    Task<long> ReadPositionAsync(CancellationToken cancellation);

    /// <summary>
    /// The next entries of a tenant's streams in the order of (stream, version), streams by the bytes of their names; none at
    /// the end. Pages read one after the other with the same <paramref name="through"/> make one snapshot.
    /// </summary>
    /// <param name="after">The last entry of the page before; ("", 0) for the first page.</param>
    /// <param name="through">The last position to include, as <see cref="ReadPositionAsync"/> gave it.</param>
    /// <param name="most">Entries in a page, 1 or more.</param>
    Task<IReadOnlyList<StoredEntry>> ReadPageAsync(
        string tenant, (string Stream, long Version) after, long through, int most, CancellationToken cancellation);

    /// <summary>How many entries a tenant has up to a position.</summary>
    Task<long> CountEntriesAsync(string tenant, long through, CancellationToken cancellation);

    /// <summary>The forms on which a tenant's units ever filed.</summary>
    Task<IReadOnlyList<string>> ReadFormsAsync(string tenant, CancellationToken cancellation);

    /// <summary>The periods for which a tenant's units ever filed on a form.</summary>
    Task<IReadOnlyList<string>> ReadPeriodsAsync(string tenant, string form, CancellationToken cancellation);

    /// <summary>
    /// The last entries of a tenant's streams that were written to after one position and up to another, in no order: what a
    /// checkpoint records.
    /// </summary>
    Task<IReadOnlyList<StreamHead>> ReadHeadsAsync(string tenant, long after, long through, CancellationToken cancellation);

    /// <summary>The streams, of any tenant, that the journal's last entries belong to.</summary>
    /// <param name="most">How many entries to look at, from the last one backwards.</param>
    Task<IReadOnlyList<StreamName>> ReadRecentStreamsAsync(int most, CancellationToken cancellation);

    /// <summary>
    /// Puts a ledger's row of <c>latest</c> right. Nothing happens unless <paramref name="row"/> is of the last entry of
    /// the ledger's stream.
    /// </summary>
    /// <param name="stream">The ledger's stream.</param>
    /// <param name="row">What the row must be; null: there must be none, because the stream is empty.</param>
    /// <returns>Whether the row is right now.</returns>
    Task<bool> RepairLatestAsync(LedgerName ledger, string stream, LatestRow? row);

    /// <summary>The entry of a request, or null.</summary>
    Task<StoredEntry?> FindRequestAsync(string tenant, string unit, string requestId, CancellationToken cancellation);
}
