using System.Runtime.CompilerServices;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Sqlite;

/// <summary>The journal in one SQLite file: write-ahead log, every commit synced to disk, one writer, many readers.</summary>
public sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    private const int EntriesPerPage = 1000;

    private static readonly Task<IReadOnlyList<LatestRow>> NoRows = Task.FromResult<IReadOnlyList<LatestRow>>([]);

    private readonly DatabaseLease? lease;
    private readonly GroupCommit commits;
    private readonly ReaderPool readers;
    private readonly FreshPeriods fresh;
    private readonly string path;
    private int disposed;

    private SqliteJournal(DatabaseLease? lease, GroupCommit commits, ReaderPool readers, FreshPeriods fresh, string path)
    {
        this.path = path;
        this.fresh = fresh;
        this.lease = lease;
        this.commits = commits;
        this.readers = readers;
        JournalTelemetry.Opened(path);
    }

    /// <summary>Opens the database, making and migrating it as needed.</summary>
    /// <exception cref="JournalInUseException">Another host uses it.</exception>
    /// <exception cref="InvalidOperationException">Its schema is newer than this program.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be opened or is no database.</exception>
    public static SqliteJournal Open(SqliteJournalOptions options, TimeProvider time, ILogger<SqliteJournal> logger) =>
        Open(options, time, logger, static connection => connection.Commit());

    internal static SqliteJournal Open(
        SqliteJournalOptions options, TimeProvider time, ILogger<SqliteJournal> logger, Action<WriterConnection> commit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        var lease = options.AllowSecondHost ? null : DatabaseLease.Take(options.Path);
        try
        {
            using (var database = Database.Open(options.Path, readOnly: false, options.BusyTimeout))
            {
                Migrations.Apply(database, options.Path, time);
            }

            var fresh = new FreshPeriods();
            var connection = WriterConnection.Open(options, fresh);
            JournalLog.Opened(logger, options.Path, Migrations.Latest);
            if (options.AllowSecondHost)
            {
                JournalLog.SecondHostAllowed(logger, options.Path);
            }

            var writer = new SqliteBatchWriter(options, fresh, connection, commit, logger);
            var commits = new GroupCommit(writer, options.MaxBatch, options.QueueCapacity);
            return new SqliteJournal(lease, commits, new ReaderPool(options, logger), fresh, options.Path);
        }
        catch (SqliteFault fault)
        {
            lease?.Dispose();
            throw new JournalUnavailableException($"The journal '{options.Path}' (option Journal:Path) cannot be opened. {fault.Message}", fault);
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The entry is not well formed, or its stream is empty and its version not 1.</exception>
    public Task<AppendOutcome> AppendAsync(NewEntry entry) => commits.AppendAsync(entry);

    /// <inheritdoc/>
    public Task<long> TakeEpochAsync(LedgerName ledger) => ChangeAsync(connection => connection.TakeEpoch(ledger));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> FindSupersededAsync(
        IReadOnlyCollection<LedgerHead> held, CancellationToken cancellation) =>
        readers.Read<IReadOnlyList<LedgerHead>>(reader => reader.Superseded(held, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, string period, IReadOnlyCollection<string> units, CancellationToken cancellation) =>
        readers.Read<IReadOnlyList<LatestRow>>(reader => reader.Latest(tenant, form, [period], units), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, IReadOnlyCollection<string> periods, string unit, CancellationToken cancellation)
    {
        var asked = Asked(tenant, form, periods, unit);
        return asked.Count == 0
            ? NoRows
            : readers.Read<IReadOnlyList<LatestRow>>(reader => reader.Latest(tenant, form, asked, [unit]), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LatestDigest>> ScanDigestsAsync(
        string tenant, string form, string period, CancellationToken cancellation) =>
        Task.Run(
            () => readers.Read<IReadOnlyList<LatestDigest>>(
                reader => reader.Digests(tenant, form, period, cancellation), cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEntry>> ReadStreamAsync(
        string tenant, string stream, long after, CancellationToken cancellation) =>
        readers.Read<IReadOnlyList<StoredEntry>>(reader => reader.Stream(tenant, stream, after, cancellation), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEntry> ReadStreamsAsync(
        string tenant, string prefix, long through, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // One writer appends in the order of positions, so that pages read one after the other make one snapshot.
        var end = StreamOrder.EndOf(prefix);
        var after = (Stream: prefix, Version: 0L);
        List<StoredEntry> page;
        do
        {
            var from = after;
            page = await Task.Run(
                () => readers.Read(
                    reader => reader.Streams(tenant, from, end, through, EntriesPerPage, cancellation), cancellation),
                cancellation);
            foreach (var entry in page)
            {
                yield return entry;
                after = (entry.Stream, entry.Version);
            }
        }
        while (page.Count == EntriesPerPage);
    }

    /// <inheritdoc/>
    public Task<long> ReadPositionAsync(CancellationToken cancellation) =>
        readers.Read(reader => reader.Position(), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEntry>> ReadPageAsync(
        string tenant, (string Stream, long Version) after, long through, int most, CancellationToken cancellation) =>
        Task.Run(
            () => readers.Read<IReadOnlyList<StoredEntry>>(
                reader => reader.Streams(tenant, after, StreamOrder.End, through, most, cancellation), cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<long> CountEntriesAsync(string tenant, long through, CancellationToken cancellation) =>
        Task.Run(() => readers.Read(reader => reader.Count(tenant, through), cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadFormsAsync(string tenant, CancellationToken cancellation) =>
        readers.Read<IReadOnlyList<string>>(reader => reader.Forms(tenant), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadPeriodsAsync(string tenant, string form, CancellationToken cancellation) =>
        readers.Read<IReadOnlyList<string>>(reader => reader.Periods(tenant, form), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ReadHeadsAsync(
        string tenant, long after, long through, CancellationToken cancellation) => Task.Run(
            () => readers.Read<IReadOnlyList<StreamHead>>(
                reader => reader.Heads(tenant, after, through, cancellation), cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamName>> ReadRecentStreamsAsync(int most, CancellationToken cancellation) => Task.Run(
        () => readers.Read<IReadOnlyList<StreamName>>(reader => reader.RecentStreams(most, cancellation), cancellation),
        cancellation);

    /// <inheritdoc/>
    public Task<bool> RepairLatestAsync(LedgerName ledger, string stream, LatestRow? row) =>
        ChangeAsync(connection => connection.RepairLatest(ledger, stream, row));

    /// <inheritdoc/>
    public Task<StoredEntry?> FindRequestAsync(string tenant, string unit, string requestId, CancellationToken cancellation) =>
        readers.Read(reader => reader.Request(tenant, unit, requestId), cancellation);

    /// <summary>Writes what is queued, then closes the database and gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await commits.DisposeAsync();
            await readers.DisposeAsync();
            JournalTelemetry.Closed(path);
            lease?.Dispose();
        }
    }

    /// <summary>Reads something else than entries from the same database.</summary>
    internal Task<T> ReadAsync<T>(Func<ReaderConnection, T> read, CancellationToken cancellation) => readers.Read(read, cancellation);

    /// <summary>Changes something else than entries, in the transaction of whatever is queued; completes when it is on disk.</summary>
    internal Task<T> ChangeAsync<T>(Func<WriterConnection, T> change) => commits.RunAsync(new PendingChange<T>(change));

    /// <summary>Those periods of which only the database knows whether a unit has filed.</summary>
    private IReadOnlyCollection<string> Asked(string tenant, string form, IReadOnlyCollection<string> periods, string unit)
    {
        if (lease is null)
        {
            // Another process may write.
            return periods;
        }

        List<string>? asked = null;
        foreach (var period in periods)
        {
            if (!fresh.IsAbsent(tenant, form, period, unit))
            {
                (asked ??= []).Add(period);
                if (fresh.TryTakeOn(tenant, form, period))
                {
                    _ = LookWhetherFreshAsync(tenant, form, period);
                }
            }
        }

        return asked ?? (IReadOnlyCollection<string>)[];
    }

    /// <summary>Nobody waits for it.</summary>
    private async Task LookWhetherFreshAsync(string tenant, string form, string period)
    {
        try
        {
            await ChangeAsync(connection =>
            {
                connection.LookWhetherFresh(tenant, form, period);
                return true;
            });
        }
        catch (Exception exception) when (exception is JournalUnavailableException or ObjectDisposedException)
        {
            fresh.Forget(tenant, form, period);
        }
    }
}
