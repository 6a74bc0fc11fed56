using System.Runtime.CompilerServices;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The journal in a PostgreSQL database, version 15 or later: one writer per host, many readers.</summary>
public sealed class PostgresJournal : IJournal, IJournalStart, IAsyncDisposable
{
    private const int EntriesPerPage = 1000;
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(200);

    private readonly PostgresJournalOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<PostgresJournal> logger;
    private readonly PostgresConnections connections;
    private readonly PostgresReader reader;
    private GroupCommit? commits;
    private int disposed;

    /// <summary>A journal that takes no entry before <see cref="StartAsync"/>.</summary>
    public PostgresJournal(PostgresJournalOptions options, TimeProvider time, ILogger<PostgresJournal> logger)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
        connections = new PostgresConnections(options);
        reader = new PostgresReader(connections, logger);
        Personal = new PostgresPersonalData(connections, logger);
    }

    /// <summary>What may be erased, in the same database.</summary>
    public IPersonalData Personal { get; }

    private GroupCommit Commits
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed != 0, this);
            return commits ?? throw new InvalidOperationException("The journal is used before it has been started.");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JournalInUseException">Another host uses the database.</exception>
    /// <exception cref="InvalidOperationException">Its schema is newer than this program, or older and the role may not change it.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be reached within <see cref="PostgresJournalOptions.StartTimeout"/>.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var isWaiting = false; ; isWaiting = true)
        {
            try
            {
                await OpenAsync(cancellation);
                break;
            }
            catch (Exception fault) when (MayPass(fault) && time.GetElapsedTime(began) < options.StartTimeout)
            {
                if (!isWaiting)
                {
                    PostgresLog.WaitingToStart(logger, connections.Name, options.StartTimeout, fault);
                }
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                throw PostgresFaults.Unavailable(
                    $"The journal '{connections.Name}' (option Journal:ConnectionString) cannot be opened.", fault);
            }

            await Task.Delay(StartPause, time, cancellation);
        }

        PostgresLog.Opened(logger, connections.Name, PostgresMigrations.Latest);
        if (options.AllowSecondHost)
        {
            PostgresLog.SecondHostAllowed(logger, connections.Name);
        }
    }

    private static bool MayPass(Exception fault) => fault is TimeoutException or NpgsqlException { IsTransient: true };

    private async Task OpenAsync(CancellationToken cancellation)
    {
        await using (var connection = await connections.OpenReader(cancellation))
        {
            await PostgresMigrations.Apply(connection, connections.Name, time, cancellation);
            await using var synced = new NpgsqlCommand("SHOW fsync", connection);
            if (await synced.ExecuteScalarAsync(cancellation) is "off")
            {
                PostgresLog.NotSynced(logger, connections.Name);
            }
        }

        var session = await WriterSession.Open(connections, previous: null, lease: !options.AllowSecondHost, cancellation);
        commits = new GroupCommit(new PostgresBatchWriter(options, connections, session, logger), options.MaxBatch, options.QueueCapacity);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The entry is not well formed, or its stream is empty and its version not 1.</exception>
    public async Task<AppendOutcome> AppendAsync(NewEntry entry) => await Commits.AppendAsync(entry);

    /// <inheritdoc/>
    public async Task<long> TakeEpochAsync(LedgerName ledger) => await Commits.RunAsync(new PendingEpoch(ledger));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerHead>> FindSupersededAsync(
        IReadOnlyCollection<LedgerHead> held, CancellationToken cancellation) => await reader.Superseded(held, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, string period, IReadOnlyCollection<string> units, CancellationToken cancellation) =>
        await reader.Latest(tenant, form, [period], units, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LatestRow>> ReadLatestAsync(
        string tenant, string form, IReadOnlyCollection<string> periods, string unit, CancellationToken cancellation) =>
        await reader.Latest(tenant, form, periods, [unit], cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LatestDigest>> ScanDigestsAsync(
        string tenant, string form, string period, CancellationToken cancellation) =>
        await reader.Digests(tenant, form, period, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEntry>> ReadStreamAsync(
        string tenant, string stream, long after, CancellationToken cancellation) =>
        await reader.Stream(tenant, stream, after, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredEntry> ReadStreamsAsync(
        string tenant, string prefix, long through, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Entries appear in the order of positions, so that pages read one after the other make one snapshot.
        var end = StreamOrder.EndOf(prefix);
        var after = (Stream: prefix, Version: 0L);
        List<StoredEntry> page;
        do
        {
            page = await reader.Streams(tenant, after, end, through, EntriesPerPage, cancellation);
            foreach (var entry in page)
            {
                yield return entry;
                after = (entry.Stream, entry.Version);
            }
        }
        while (page.Count == EntriesPerPage);
    }

    /// <inheritdoc/>
    public Task<long> ReadPositionAsync(CancellationToken cancellation) => reader.Position(cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredEntry>> ReadPageAsync(
        string tenant, (string Stream, long Version) after, long through, int most, CancellationToken cancellation) =>
        await reader.Streams(tenant, after, StreamOrder.End, through, most, cancellation);

    /// <inheritdoc/>
    public Task<long> CountEntriesAsync(string tenant, long through, CancellationToken cancellation) =>
        reader.Count(tenant, through, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadFormsAsync(string tenant, CancellationToken cancellation) =>
        await reader.Forms(tenant, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadPeriodsAsync(string tenant, string form, CancellationToken cancellation) =>
        await reader.Periods(tenant, form, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamHead>> ReadHeadsAsync(
        string tenant, long after, long through, CancellationToken cancellation) =>
        await reader.Heads(tenant, after, through, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamName>> ReadRecentStreamsAsync(int most, CancellationToken cancellation) =>
        await reader.RecentStreams(most, cancellation);

    /// <inheritdoc/>
    public Task<bool> RepairLatestAsync(LedgerName ledger, string stream, LatestRow? row) =>
        LatestRepair.Run(connections, logger, ledger, stream, row);

    /// <inheritdoc/>
    public Task<StoredEntry?> FindRequestAsync(string tenant, string unit, string requestId, CancellationToken cancellation) =>
        reader.Request(tenant, unit, requestId, cancellation);

    /// <summary>Writes what is queued, gives the lease back, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            if (commits is not null)
            {
                await commits.DisposeAsync();
            }

            await connections.DisposeAsync();
        }
    }
}
