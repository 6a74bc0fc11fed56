using System.Globalization;
using System.Text;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>What a collector must never get, by all that it did get.</summary>
public sealed class TraceRuleTests
{
    private const string Leaf = "610101-D01";
    private const string Sampled = "11111111111111111111111111111111";
    private const string Unsampled = "22222222222222222222222222222222";
    private const string Last = "33333333333333333333333333333333";

    [Fact]
    public async Task Refusal_OfAReport_IsNoErrorOfTheServerAndTellsNoFigure()
    {
        const long distinctive = 918_273_645;
        const string broken = "no-such-cell-737373";
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path, Settings(receiver));
        using var api = new Api(host.Address);
        var tenant = await CreateTenantAsync(api, data);

        // The ledgers above are awake: one that wakes may push what it has read before it hears who caused it.
        var earlier = Figures.ToRequest(Leaf, "earlier", new Dictionary<string, long> { ["3.2"] = 1 });
        await api.Submissions.SubmitAsync(earlier, Traced(tenant.SubmitKey, Unsampled, flags: "00"));
        await api.Rollups.AwaitAsync(Figures.ToAwait(Leaf, 1), Traced(tenant.ReadKey, Unsampled, flags: "00"));
        var good = Figures.ToRequest(Leaf, "good", new Dictionary<string, long> { ["3.2"] = distinctive });
        await api.Submissions.SubmitAsync(good, Traced(tenant.SubmitKey, Sampled));
        var bad = Figures.ToRequest(Leaf, "bad", new Dictionary<string, long> { [broken] = distinctive });
        await RefusedAsync(StatusCode.InvalidArgument, api, bad, Traced(tenant.SubmitKey, Unsampled.Replace('2', '4')));
        await RefusedAsync(StatusCode.Unauthenticated, api, good, Traced(tenant.SubmitKey[..^3] + "zzz", Unsampled.Replace('2', '5')));

        var refused = await receiver.SpansAsync(Unsampled.Replace('2', '4'), static spans => spans.Any(IsServer));
        var denied = await receiver.SpansAsync(Unsampled.Replace('2', '5'), static spans => spans.Any(IsServer));
        await receiver.SpansAsync(Sampled, static spans => spans.Count(span => span.Span.Name == "ledger.push") == 3);

        Assert.All([.. refused, .. denied], span => Assert.False(span.IsError, span.Span.Name));
        var gateway = Assert.Single(refused, span => span.Source == "Aggregation.Gateway");
        Assert.Equal("INVALID_ARGUMENT", gateway["rpc.response.status_code"]);
        Assert.All(
            refused.Where(span => span.Span.Name == "ILedgerGrain/Submit"), span => Assert.Equal("Invalid", span["aggregation.refusal"]));
        Assert.DoesNotContain(refused, span => span.Span.Name == "journal append");
        foreach (var secret in new[] { distinctive.ToString(CultureInfo.InvariantCulture), broken, tenant.SubmitKey, tenant.SubmitKey[^20..] })
        {
            Assert.DoesNotContain(receiver.Bodies, body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
        }

        // The number as protobuf has it.
        Assert.DoesNotContain(receiver.Bodies, body => body.AsSpan().IndexOf(Varint(distinctive)) >= 0);
    }

    [Fact]
    public async Task Housekeeping_AndProbes_AreNotTraced()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        var settings = Settings(receiver);
        settings["Ledger__AuditInterval"] = "00:00:00.1";
        settings["Ledger__EpochCheckInterval"] = "00:00:00.1";
        await using var host = await StandaloneHost.StartAsync(data.Path, settings);
        using var api = new Api(host.Address);
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        var tenant = await CreateTenantAsync(api, data);
        var request = Figures.ToRequest(Leaf, "one", new Dictionary<string, long> { ["3.2"] = 1 });
        await api.Submissions.SubmitAsync(request, Api.With(tenant.SubmitKey));
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics" })
        {
            using var probe = new HttpRequestMessage(HttpMethod.Get, path);
            probe.Headers.Add("traceparent", $"00-{Sampled}-00f067aa0ba902b7-01");
            using var answer = await http.SendAsync(probe);
            Assert.True(answer.IsSuccessStatusCode, path);
        }

        // Audits run meanwhile.
        await receiver.MetricsAsync(["Aggregation.Ledger/aggregation.ledger.audit.duration"]);
        await api.Submissions.GetAsync(
            new GetSubmissionRequest { Unit = Leaf, Form = Figures.Form, Period = Figures.Period }, Traced(tenant.ReadKey, Last));
        await receiver.SpansAsync(Last, static spans => spans.Any(IsServer));

        // A span comes before the one above it, and what the report caused may go on; in the end none lacks its parent.
        await receiver.SpansAsync(static spans => !Orphans(spans).Any());
        Assert.DoesNotContain(receiver.Spans, span => span.TraceId == Sampled);
        Assert.DoesNotContain(receiver.Spans, span => span.Span.Name.Contains("Audit", StringComparison.Ordinal));
        Assert.All(
            receiver.Spans.Where(span => span.ParentId.Length == 0), span => Assert.Equal("Microsoft.AspNetCore", span.Source));
    }

    [Fact]
    public async Task Sampling_OfNothing_TracesWhatTheCallerTracesAndNothingElse()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        var settings = Settings(receiver);
        settings["Traces__Ratio"] = "0";
        await using var host = await StandaloneHost.StartAsync(data.Path, settings);
        using var api = new Api(host.Address);
        var tenant = await CreateTenantAsync(api, data);
        var request = Figures.ToRequest(Leaf, "unsampled", new Dictionary<string, long> { ["3.2"] = 1 });
        var receipt = await api.Submissions.SubmitAsync(request, Traced(tenant.SubmitKey, Unsampled, flags: "00"));

        // A ledger that opens for the first report may read the second from the journal: then it has nothing of it to push.
        await api.Rollups.AwaitAsync(Figures.ToAwait(Leaf, receipt.Revision), Traced(tenant.ReadKey, Unsampled, flags: "00"));
        request = Figures.ToRequest(Leaf, "sampled", new Dictionary<string, long> { ["3.2"] = 2 });
        await api.Submissions.SubmitAsync(request, Traced(tenant.SubmitKey, Sampled));

        var spans = await receiver.SpansAsync(
            Sampled,
            static spans => spans.Count(span => span.Span.Name == "ledger.push") == 3 && spans.Any(IsServer)
                && spans.Any(span => span.Span.Name == "journal commit"));

        Assert.Single(spans, span => span.Span.Name == "journal commit");
        Assert.All(receiver.Spans, span => Assert.Equal(Sampled, span.TraceId));
    }

    private static Dictionary<string, string> Settings(OtlpReceiver receiver) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    private static Task<TestTenant> CreateTenantAsync(Api api, TemporaryFolder data) =>
        TestTenant.CreateAsync(api, data.Path, "ruled", UnitTree.Chain(UnitTree.Root, "610100", "610101", Leaf));

    private static CallOptions Traced(string key, string trace, string flags = "01")
    {
        var options = Api.With(key);
        options.Headers!.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-{flags}");
        return options;
    }

    private static async Task RefusedAsync(StatusCode expected, Api api, SubmitRequest request, CallOptions options)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => api.Submissions.SubmitAsync(request, options).ResponseAsync);
        Assert.Equal(expected, refusal.StatusCode);
    }

    /// <summary>Those whose parents did not come, apart from the caller's own.</summary>
    private static IEnumerable<ReceivedSpan> Orphans(IReadOnlyList<ReceivedSpan> spans)
    {
        var known = spans.Select(static span => span.Id).ToHashSet(StringComparer.Ordinal);
        return spans.Where(span => span.ParentId.Length > 0 && span.TraceId != Last && !known.Contains(span.ParentId));
    }

    private static bool IsServer(ReceivedSpan span) => span is { Source: "Microsoft.AspNetCore" };

    private static byte[] Varint(long value)
    {
        using var stream = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(stream))
        {
            output.WriteInt64(value);
        }

        return stream.ToArray();
    }
}
