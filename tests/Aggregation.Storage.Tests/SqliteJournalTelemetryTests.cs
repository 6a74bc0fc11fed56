using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aggregation.Storage.Tests;

public sealed class SqliteJournalTelemetryTests : IDisposable
{
    private readonly SqliteFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Append_WithListeners_GivesASpanInTheCallersTraceAndACommitLinkedToIt()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Aggregation.Journal" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        ActivityTraceId trace;
        await using (var journal = SqliteFiles.Open(files.Options()))
        {
            using var caller = source.StartActivity("caller")!;
            trace = caller.TraceId;
            await journal.AppendAsync(Entries.Ledger("t1", "u1"));
        }

        var append = Assert.Single(spans, span => span.OperationName == "journal append" && span.TraceId == trace);
        Assert.Single(spans, span => span.OperationName == "journal commit" && span.Links.Any(link => link.Context.SpanId == append.SpanId));
    }

    [Fact]
    public async Task Append_WithListeners_MeasuresBatchesAndDurations()
    {
        var names = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == "Aggregation.Journal")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => names[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => names[instrument.Name] = value);
        listener.Start();
        await using (var journal = SqliteFiles.Open(files.Options()))
        {
            await journal.AppendAsync(Entries.Ledger("t1", "u1"));
        }

        Assert.Equal(
            [
                "aggregation.journal.append.duration", "aggregation.journal.batch.size",
                "aggregation.journal.commit.duration", "aggregation.journal.queue.length",
            ],
            names.Keys.Order());
        Assert.True(names["aggregation.journal.batch.size"] >= 1);
    }
}
