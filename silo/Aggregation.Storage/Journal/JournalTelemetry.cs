using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aggregation.Storage.Journal;

/// <summary>Spans and instruments of the journal, whichever database holds it.</summary>
internal static class JournalTelemetry
{
    public const string Name = "Aggregation.Journal";

    private const string System = "db.system.name";
    private const string Operation = "db.operation.name";
    private const string BatchSizeKey = "aggregation.journal.batch.size";
    private const int MaxLinks = 128;

    public static readonly KeyValuePair<string, object?> Sqlite = new(System, "sqlite");
    public static readonly KeyValuePair<string, object?> Postgres = new(System, "postgresql");

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "aggregation.journal.batch.size", "{entry}", "Appends written by one transaction.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });

    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram(
        "aggregation.journal.append.duration", "s", "From asking for an append to its being on disk.", advice: Seconds);

    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "aggregation.journal.commit.duration", "s", "One transaction, from its begin to its being on disk.", advice: Seconds);

    private static readonly Histogram<double> SyncDuration = Meter.CreateHistogram(
        "aggregation.journal.sync.duration", "s", "The end of a transaction: the log is written and synced to disk.", advice: Seconds);

    private static readonly Histogram<double> QueueDuration = Meter.CreateHistogram(
        "aggregation.journal.queue.duration", "s", "How long the first append of a transaction waited for its begin.", advice: Seconds);

    private static readonly ConcurrentDictionary<string, int> Files = new(StringComparer.Ordinal);

    private static int queued;
    private static long failures;
    private static long runningSince;

    static JournalTelemetry()
    {
        Meter.CreateObservableUpDownCounter(
            "aggregation.journal.queue.length", static () => Volatile.Read(ref queued), "{entry}", "Appends asked for and not yet on disk.");
        Meter.CreateObservableCounter(
            "aggregation.journal.failures", static () => Volatile.Read(ref failures), "{transaction}", "Transactions that failed.");
        Meter.CreateObservableGauge(
            "aggregation.journal.running", Running, "s", "How long the transaction under way has been running; 0: none.");
        Meter.CreateObservableGauge(
            "aggregation.journal.file.size", static () => Sizes("", "database").Concat(Sizes("-wal", "log")), "By", "Files of the journal on SQLite.");
    }

    /// <summary>A SQLite file is in use.</summary>
    public static void Opened(string path) => Files.AddOrUpdate(path, 1, static (_, uses) => uses + 1);

    /// <summary>It is no longer.</summary>
    public static void Closed(string path)
    {
        if (Files.AddOrUpdate(path, 0, static (_, uses) => uses - 1) <= 0)
        {
            Files.TryRemove(new(path, 0));
        }
    }

    public static void Queued() => Interlocked.Increment(ref queued);

    /// <summary>On disk, or given up.</summary>
    public static void Left() => Interlocked.Decrement(ref queued);

    /// <param name="started"><see cref="Stopwatch.GetTimestamp"/> when it was asked for.</param>
    public static void Appended(long started) => AppendDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

    /// <summary>A transaction begins; takes its timestamp.</summary>
    public static long Begin()
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref runningSince, now);
        return now;
    }

    /// <summary>A transaction is on disk.</summary>
    /// <param name="system"><see cref="Sqlite"/> or <see cref="Postgres"/>.</param>
    /// <param name="size">Appends in it.</param>
    /// <param name="queuedAt">When the first of them was asked for.</param>
    /// <param name="began">What <see cref="Begin"/> gave.</param>
    /// <param name="syncing">When its end began; null where that cannot be told.</param>
    /// <param name="span">Its span, if it has one.</param>
    /// <returns>What the spans of its appends tell of it.</returns>
    public static Commit Committed(in KeyValuePair<string, object?> system, int size, long queuedAt, long began, long? syncing, Activity? span)
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref runningSince, 0);
        CommitDuration.Record(Stopwatch.GetElapsedTime(began, now).TotalSeconds, system);
        double? sync = syncing is { } since ? Stopwatch.GetElapsedTime(since, now).TotalSeconds : null;
        if (sync is { } seconds)
        {
            SyncDuration.Record(seconds, system);
            span?.SetTag(Commit.SyncKey, seconds);
        }

        BatchSize.Record(size);
        QueueDuration.Record(Stopwatch.GetElapsedTime(queuedAt, began).TotalSeconds);
        return new Commit(size, sync, span?.Context ?? default);
    }

    /// <summary>A transaction failed, or how it ended is not known.</summary>
    public static void Failed(Activity? span)
    {
        Volatile.Write(ref runningSince, 0);
        Interlocked.Increment(ref failures);
        span?.SetStatus(ActivityStatusCode.Error, "The transaction failed");
    }

    /// <summary>The span of one append, which waits for its transaction.</summary>
    public static Activity? StartAppend(in KeyValuePair<string, object?> system, NewEntry entry)
    {
        var span = Source.StartActivity("journal append", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(system.Key, system.Value).SetTag(Operation, "append")
                .SetTag("aggregation.tenant", entry.Tenant).SetTag("aggregation.entry.kind", entry.Kind);
        }

        return span;
    }

    /// <summary>
    /// The span of one transaction: in the trace of the first append that is traced, linked to each. None where none is traced, so that
    /// it never stands alone.
    /// </summary>
    public static Activity? StartCommit(in KeyValuePair<string, object?> system, int size, IEnumerable<ActivityContext> waiting)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = waiting.Where(static context => context != default).Take(MaxLinks).Select(static context => new ActivityLink(context)).ToArray();
        var span = links.Length == 0 ? null : Source.StartActivity("journal commit", ActivityKind.Client, links[0].Context, links: links);
        return span?.SetTag(system.Key, system.Value).SetTag(Operation, "commit").SetTag(BatchSizeKey, size);
    }

    private static IEnumerable<Measurement<long>> Sizes(string suffix, string file) => Files.IsEmpty ? [] :
        [new(Files.Keys.Select(path => new FileInfo(path + suffix)).Sum(static at => at.Exists ? at.Length : 0), Sqlite, new("file", file))];

    private static double Running() =>
        Volatile.Read(ref runningSince) is var since and > 0 ? Stopwatch.GetElapsedTime(since).TotalSeconds : 0;

    /// <summary>The transaction that put an append on disk.</summary>
    /// <param name="Size">Appends in it.</param>
    /// <param name="SyncSeconds">How long its end took; null where that cannot be told.</param>
    /// <param name="Span">Its span; default for none.</param>
    public sealed record Commit(int Size, double? SyncSeconds, ActivityContext Span)
    {
        internal const string SyncKey = "aggregation.journal.sync.duration";

        public void Describe(Activity? append)
        {
            if (append is { IsAllDataRequested: true })
            {
                append.SetTag(BatchSizeKey, Size).SetTag(SyncKey, SyncSeconds);
                if (Span != default)
                {
                    append.AddLink(new ActivityLink(Span));
                }
            }
        }
    }
}
