using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Tests;

/// <summary>Not beside other tests that listen: what one of them has traced, all of them hear.</summary>
[Collection(PostgresDatabases.Name)]
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
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
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
        var commit = Assert.Single(
            spans, span => span.OperationName == "journal commit" && span.Links.Any(link => link.Context.SpanId == append.SpanId));
        Assert.Equal(append.SpanId, commit.ParentSpanId);
        Assert.Equal(commit.SpanId, Assert.Single(append.Links).Context.SpanId);
        Assert.Equal(1, append.GetTagItem("aggregation.journal.batch.size"));
        Assert.Equal("sqlite", append.GetTagItem("db.system.name"));
        Assert.Equal(commit.GetTagItem("aggregation.journal.sync.duration"), append.GetTagItem("aggregation.journal.sync.duration"));
    }

    [Fact]
    public async Task Append_ThatIsNotTraced_LeavesNoCommitStandingAlone()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Aggregation.Journal" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using (var journal = SqliteFiles.Open(files.Options()))
        {
            await journal.AppendAsync(Entries.Ledger("untraced", "u1"));
        }

        Assert.DoesNotContain(spans, span => span.OperationName == "journal commit");
    }

    [Fact]
    public async Task Append_TransactionFails_IsCountedAndAnErrorOfTheSpans()
    {
        var spans = new ConcurrentBag<Activity>();
        var failures = 0L;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Aggregation.Journal" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "aggregation.journal.failures")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((_, value, _, _) => failures = value);
        meters.Start();
        meters.RecordObservableInstruments();
        var before = failures;
        using var source = new ActivitySource("test");
        ActivityTraceId trace;
        await using (var journal = SqliteFiles.Open(files.Options(), static _ => throw new IOException("secret of the disk")))
        {
            using var caller = source.StartActivity("caller")!;
            trace = caller.TraceId;
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(Entries.Ledger("t1", "u1")));
        }

        meters.RecordObservableInstruments();
        Assert.True(failures > before);
        var failed = spans.Where(span => span.TraceId == trace && span.Source.Name == "Aggregation.Journal").ToList();
        Assert.Equal(["journal append", "journal commit"], failed.Select(span => span.OperationName).Order());
        Assert.All(failed, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.All(failed, span => Assert.DoesNotContain("secret", span.StatusDescription, StringComparison.Ordinal));
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
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => names[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => names[instrument.Name] = value);
        listener.Start();
        await using (var journal = SqliteFiles.Open(files.Options()))
        {
            await journal.AppendAsync(Entries.Ledger("t1", "u1"));
            listener.RecordObservableInstruments();
        }

        Assert.Equal(
            [
                "aggregation.journal.append.duration", "aggregation.journal.batch.size",
                "aggregation.journal.commit.duration", "aggregation.journal.failures", "aggregation.journal.file.size", "aggregation.journal.queue.duration",
                "aggregation.journal.queue.length", "aggregation.journal.running", "aggregation.journal.sync.duration",
            ],
            names.Keys.Order());
        Assert.True(names["aggregation.journal.batch.size"] >= 1);
    }
}
