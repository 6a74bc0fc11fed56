using System.Collections.Concurrent;
using System.Diagnostics;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

[Collection(PostgresDatabases.Name)]
public sealed class PostgresJournalTelemetryTests(PostgresServer server)
{
    [PostgresFact]
    public async Task Append_TracedAndNotTracedTogether_AreOneCommitLinkedToTheTraced()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Aggregation.Journal",
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) => creation.Parent.TraceFlags == ActivityTraceFlags.Recorded
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var options = await PostgresDatabases.OptionsAsync(server);
        bool[] areTraced = [false, true, true, false, true];
        ActivityTraceId[] traces;
        await using (var journal = await PostgresDatabases.OpenAsync(options))
        {
            await using var held = await HeldTable.LockAsync(options.ConnectionString, "latest");
            var first = journal.AppendAsync(Entries.Ledger("t1", "first"));
            await held.WaitForAWriterAsync();
            var rest = areTraced.Select((isTraced, i) => AppendAsync(journal, $"u{i}", isTraced)).ToList();
            await held.ReleaseAsync();
            await first;
            traces = await Task.WhenAll(rest);
        }

        // An append is answered before its commit's span ends; that has ended once the journal is closed.
        var appends = areTraced.Index().Where(each => each.Item).Select(each => Assert.Single(
            spans, span => span.OperationName == "journal append" && span.TraceId == traces[each.Index])).ToList();
        var commit = Assert.Single(spans, span => span.OperationName == "journal commit" && traces.Contains(span.TraceId));
        Assert.Equal(appends[0].SpanId, commit.ParentSpanId);
        Assert.Equal(appends.Select(append => append.SpanId), commit.Links.Select(link => link.Context.SpanId));
        Assert.All(appends, append =>
        {
            Assert.Equal(areTraced.Length, append.GetTagItem("aggregation.journal.batch.size"));
            Assert.Equal("postgresql", append.GetTagItem("db.system.name"));
            Assert.Null(append.GetTagItem("aggregation.journal.sync.duration"));
            Assert.Equal(commit.SpanId, Assert.Single(append.Links).Context.SpanId);
        });
    }

    /// <returns>The trace that it was asked for in.</returns>
    private static async Task<ActivityTraceId> AppendAsync(PostgresJournal journal, string unit, bool isTraced)
    {
        using var caller = new Activity("caller") { ActivityTraceFlags = isTraced ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None };
        caller.Start();
        await journal.AppendAsync(Entries.Ledger("t1", unit));
        return caller.TraceId;
    }
}
