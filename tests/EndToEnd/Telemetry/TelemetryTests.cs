using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using SpanKind = Aggregation.EndToEnd.Telemetry.Otlp.SpanKind;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>What a collector gets from a server, over the wire. Links of conflated pushes, and causes that are not all traced: see the grains' own tests.</summary>
public sealed class TelemetryTests
{
    private const string Leaf = "610101-D01";
    private const string OtherLeaf = "610101-D02";
    private const string County = "610101";
    private const string City = "610100";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string CallerSpan = "00f067aa0ba902b7";
    private const string SubmitMethod = "aggregation.v1.SubmissionService/Submit";

    [Fact]
    public async Task Submit_ThreeLevelsDown_IsOneTraceUpToTheRoot()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        await using var host = await StartAsync(data, receiver);
        using var api = new Api(host.Address);
        var tenant = await CreateTenantAsync(api, data);

        // The ledgers above are awake: one that wakes reads the journal, and owes what it then pushes to no single call.
        var earlier = Figures.ToRequest(OtherLeaf, "earlier", new Dictionary<string, long> { ["3.2"] = 1 });
        await api.Submissions.SubmitAsync(earlier, Api.With(tenant.SubmitKey));
        await api.Rollups.AwaitAsync(Figures.ToAwait(OtherLeaf, 1), Api.With(tenant.ReadKey));

        // A watcher sees what the call brings about.
        var root = new TotalSelector { Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period };
        using var watch = api.Rollups.Watch(new WatchRequest { Total = root }, Api.With(tenant.ReadKey));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience.Step));

        var options = Api.With(tenant.SubmitKey);
        options.Headers!.Add("traceparent", $"00-{TraceId}-{CallerSpan}-01");
        await api.Submissions.SubmitAsync(Figures.ToRequest(Leaf, "traced", new Dictionary<string, long> { ["3.2"] = 1 }), options);

        var spans = await receiver.SpansAsync(TraceId, IsComplete);
        Assert.Contains("Aggregation.Standalone", receiver.Services);
        var server = Assert.Single(spans, span => span.ParentId == CallerSpan);
        Assert.Equal(SpanKind.Server, server.Span.Kind);
        Assert.Equal("Microsoft.AspNetCore", server.Source);
        var gateway = Assert.Single(spans, span => span.Source == "Aggregation.Gateway" && span.Span.Name == SubmitMethod);
        Assert.Equal(SpanKind.Server, gateway.Span.Kind);
        Assert.Equal("grpc", gateway["rpc.system.name"]);
        Assert.Equal(SubmitMethod, gateway["rpc.method"]);
        Assert.Equal("OK", gateway["rpc.response.status_code"]);
        Assert.Equal("127.0.0.1", gateway["server.address"]);
        Assert.Null(gateway.Value("error.type"));
        AssertNames(gateway, Leaf);
        AssertUnder(spans, server, gateway);

        var above = Assert.Single(Handled(spans, "ILedgerGrain/Submit"));
        AssertUnder(spans, gateway, above);
        var check = Assert.Single(spans, span => span.Span.Name == "ledger.check");
        AssertNames(check, Leaf);
        AssertUnder(spans, above, check);
        AssertAppended(spans, above);
        foreach (var unit in new[] { Leaf, County, City })
        {
            var push = Assert.Single(Pushes(spans), span => span["aggregation.unit"] == unit);
            Assert.Equal(above.Id, push.ParentId);
            AssertNames(push, unit);
            Assert.Equal(1, push.Value("aggregation.push.changes")!.IntValue);
            var call = Assert.Single(spans, span => span.ParentId == push.Id);
            above = Assert.Single(Handled(spans, "IRollupGrain/Push"), span => span.ParentId == call.Id);
        }

        // What the watcher was sent shows who caused it, and in which stream it went out.
        var update = Assert.Single(spans, span => span.Span.Name == "watch update");
        Assert.Equal((SpanKind.Producer, above.Id), (update.Span.Kind, update.ParentId));
        Assert.True(update.IsLinkedTo(above));
        Assert.Equal(2, update.Span.Links.Count);
        Assert.DoesNotContain(spans, span => span.IsError);

        // The root has nobody above it.
        Assert.DoesNotContain(spans, span => span.ParentId == above.Id && span.Span.Name == "ledger.push");
    }

    private static Task<StandaloneHost> StartAsync(TemporaryFolder data, OtlpReceiver receiver) =>
        StandaloneHost.StartAsync(data.Path, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        });

    private static Task<TestTenant> CreateTenantAsync(Api api, TemporaryFolder data) =>
        TestTenant.CreateAsync(api, data.Path, "traced", UnitTree.Chain(UnitTree.Root, City, County, Leaf, OtherLeaf));

    /// <summary>The append under the ledger's span, and the transaction that wrote it, with what each tells.</summary>
    private static void AssertAppended(IReadOnlyList<ReceivedSpan> spans, ReceivedSpan ledger)
    {
        var append = Assert.Single(spans, span => span.Span.Name == "journal append");
        Assert.Equal((ledger.Id, SpanKind.Client), (append.ParentId, append.Span.Kind));
        Assert.Equal("sqlite", append["db.system.name"]);
        Assert.Equal("append", append["db.operation.name"]);
        Assert.Equal("traced", append["aggregation.tenant"]);
        Assert.Equal(1, append.Value("aggregation.journal.batch.size")!.IntValue);
        var sync = append.Value("aggregation.journal.sync.duration")!.DoubleValue;
        Assert.InRange(sync, double.Epsilon, (append.Span.EndTimeUnixNano - append.Span.StartTimeUnixNano) / 1e9);

        var commit = Assert.Single(spans, span => span.Span.Name == "journal commit");
        Assert.Equal(append.Id, commit.ParentId);
        Assert.True(commit.IsLinkedTo(append));
        Assert.True(append.IsLinkedTo(commit));
        Assert.Equal("commit", commit["db.operation.name"]);
        Assert.Equal(1, commit.Value("aggregation.journal.batch.size")!.IntValue);
        Assert.Equal(sync, commit.Value("aggregation.journal.sync.duration")!.DoubleValue);
    }

    private static void AssertNames(ReceivedSpan span, string unit)
    {
        Assert.Equal("traced", span["aggregation.tenant"]);
        Assert.Equal(Figures.Form, span["aggregation.form"]);
        Assert.Equal(Figures.Period, span["aggregation.period"]);
        Assert.Equal(unit, span["aggregation.unit"]);
    }

    /// <summary>
    /// All that the assertions look at has come: the server's span ends last of the call, the root's last of the pushes. The
    /// transaction's ends when its appends have been told, whenever its thread comes to that.
    /// </summary>
    private static bool IsComplete(IReadOnlyList<ReceivedSpan> spans) =>
        spans.Any(span => span.ParentId == CallerSpan)
        && Pushes(spans).Count() == 3
        && Handled(spans, "ILedgerGrain/Submit").Any()
        && spans.Any(span => span.Span.Name == "journal commit")
        && spans.Any(span => span.Span.Name == "watch update")
        && Handled(spans, "IRollupGrain/Push").Count() == 3;

    private static IEnumerable<ReceivedSpan> Pushes(IEnumerable<ReceivedSpan> spans) =>
        spans.Where(span => span is { Source: "Aggregation.Ledger", Span.Name: "ledger.push" });

    /// <summary>The receiving side of calls to grains.</summary>
    private static IEnumerable<ReceivedSpan> Handled(IEnumerable<ReceivedSpan> spans, string call) =>
        spans.Where(span => span.Span.Kind == SpanKind.Server && span.Span.Name == call);

    private static void AssertUnder(IReadOnlyList<ReceivedSpan> spans, ReceivedSpan above, ReceivedSpan below) =>
        Assert.True(IsUnder(spans, above, below), $"'{below.Span.Name}' is not under '{above.Span.Name}' in the trace.");

    /// <summary>Whether one span is a child of the other, or a child's child: callers have spans of their own between.</summary>
    private static bool IsUnder(IReadOnlyList<ReceivedSpan> spans, ReceivedSpan above, ReceivedSpan below)
    {
        for (var at = below; at is not null; at = spans.FirstOrDefault(span => span.Id == at.ParentId))
        {
            if (at.ParentId == above.Id)
            {
                return true;
            }
        }

        return false;
    }
}
