using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aggregation.Storage.Journal;

/// <summary>Spans and instruments of the journal.</summary>
internal static class JournalTelemetry
{
    public const string Name = "Aggregation.Journal";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "aggregation.journal.batch.size", "{entry}", "Appends written by one transaction.");

    public static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>(
        "aggregation.journal.append.duration", "s", "From asking for an append to its being on disk.");

    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "aggregation.journal.commit.duration", "s", "One transaction, from its begin to its being on disk.");

    public static readonly UpDownCounter<int> QueueLength = Meter.CreateUpDownCounter<int>(
        "aggregation.journal.queue.length", "{entry}", "Appends asked for and not yet on disk.");
}
