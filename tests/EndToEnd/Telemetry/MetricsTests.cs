using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Grpc.Core;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>What Prometheus gets from a server, against what the documentation says it gets.</summary>
public sealed class MetricsTests
{
    private const string Leaf = "610101-D01";
    private const string Text = "text/plain";
    private const string OpenMetrics = "application/openmetrics-text";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>By what is accepted; the second is what Prometheus sends.</summary>
    private static readonly (string Accept, string Expected)[] Formats =
    [
        ("", Text),
        ($"{OpenMetrics};version=1.0.0,{Text};version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics),
        ($"{OpenMetrics};version=0.0.1;q=0.75,{Text};version=0.0.4;q=0.5,*/*;q=0.1", Text),
        ($"{OpenMetrics};version=1.0.0;q=0.2,{Text};q=0.5", Text),
        ("text/html,*/*;q=0.1", Text),
    ];

    [Fact]
    public async Task Metrics_OfAServerAtWork_AreThoseOfTheCatalogue()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path, Settings(data, receiver));
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        var catalogue = MetricsCatalogue.Read();
        var own = catalogue.Where(metric => metric.IsOwn).ToList();
        Assert.True(own.Count >= 35);

        var before = MetricsPage.ReadText(await ReadAsync(http, ""));
        Assert.All(catalogue.Where(metric => metric.IsFromTheStart), metric => Assert.NotNull(before.Find(metric.Name)));

        using var api = new Api(host.Address);
        using var watch = await WorkAsync(api, data);
        await receiver.MetricsAsync([.. own.Where(metric => metric.Name != "target_info").Select(metric => metric.Instrument)]);
        var page = MetricsPage.ReadOpenMetrics(await ReadAsync(http, "application/openmetrics-text; version=1.0.0"));

        foreach (var metric in catalogue)
        {
            var family = page.Find(metric.Name);
            Assert.True(family is not null, $"{metric.Name} is missing.");
            Assert.Equal((metric.Name, metric.Name == "target_info" ? "info" : metric.Kind), (metric.Name, family.Type));
            if (metric.IsOwn && metric.Name != "target_info")
            {
                Assert.Equal((metric.Name, Joined(metric.Labels)), (metric.Name, Joined(family.Labels)));
                Assert.Equal((metric.Name, UnitWord(metric.Unit)), (metric.Name, family.Unit));
            }
        }

        var shown = page.Families.Select(family => family.Asked).Where(IsOwn).Order().ToList();
        Assert.Equal(own.Select(metric => metric.Name).Order(), shown);

        // The certificate has 20 days, the key 10.
        Assert.InRange(page.Find("aggregation_gateway_tls_certificate_remaining_seconds")!.Samples.Single().Value / 86_400, 19, 20);
        Assert.Equal(1, page.Find("aggregation_tenants_keys_expiring")!.Samples.Single().Value);
        Assert.InRange(page.Find("aggregation_tenants_keys_remaining_seconds")!.Samples.Single().Value / 86_400, 9, 10);
        Assert.Contains(
            page.Find("aggregation_ledger_freshness_seconds")!.Samples,
            sample => (sample["level"], sample["root"]) == ("province", "true") && sample.Name.EndsWith("_count", StringComparison.Ordinal));

        // The submission's latency leads to its trace.
        var exemplars = page.Find("aggregation_ledger_submit_duration_seconds")!.Samples.Select(sample => sample.ExemplarTrace);
        Assert.Contains(TraceId, exemplars);
        Assert.DoesNotContain(Leaf, await ReadAsync(http, ""), StringComparison.Ordinal);
        await AssertTakenByPromtoolAsync(await ReadAsync(http, "text/plain"));
    }

    [Fact]
    public async Task Metrics_InTheFormatThatIsAskedFor_AndOnlyForWhoMayReadThem()
    {
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path);
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data.Path, "reader", UnitTree.Chain(UnitTree.Root, "610100", "610101", Leaf));
        var platform = (await File.ReadAllTextAsync(Path.Combine(data.Path, "platform.key"))).Trim();

        foreach (var (accept, expected) in Formats)
        {
            using var answer = await AskAsync(http, accept);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((accept, expected), (accept, answer.Content.Headers.ContentType!.MediaType));
            var page = expected == Text ? MetricsPage.ReadText(text) : MetricsPage.ReadOpenMetrics(text);
            var calls = page.Find("aggregation_gateway_tenant_calls_total")!.Samples.Single(sample => sample["aggregation_tenant"] == "platform");
            Assert.Equal(("ok", 1), (calls["outcome"], calls.Value));
        }

        // A proxy on this machine asks for who is elsewhere.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, platform[..^2]));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, tenant.AdministratorKey));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, platform));
    }

    [Fact]
    public async Task Metrics_OfMoreTenantsThanAreNamed_NameTheFirstOnly()
    {
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path, new Dictionary<string, string>
        {
            ["Metrics__Tenants"] = "2",
            ["Metrics__Access"] = "Anyone",
            ["Limits__Tenants__third__InFlight"] = "9",
        });
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        using var api = new Api(host.Address);
        foreach (var name in new[] { "first", "second", "third" })
        {
            await TestTenant.CreateAsync(api, data.Path, name, UnitTree.Chain(UnitTree.Root, "610100", "610101", Leaf));
        }

        // The one with limits of its own, whoever came first, and all others.
        var tenants = MetricsPage.ReadText(await ReadAsync(http, "")).Find("aggregation_gateway_tenant_calls_total")!.Samples
            .Select(sample => sample["aggregation_tenant"]).Distinct().Order();
        Assert.Equal(["other", "platform", "third"], tenants);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, null));
    }

    private static Dictionary<string, string> Settings(TemporaryFolder data, OtlpReceiver receiver)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(20));
        File.WriteAllText(Path.Combine(data.Path, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(data.Path, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["Ledger__AuditInterval"] = "00:00:00.2",
            ["Endpoints__Tls__Address"] = "https://127.0.0.1:0",
            ["Endpoints__Tls__Certificate"] = Path.Combine(data.Path, "server.pem"),
            ["Endpoints__Tls__Key"] = Path.Combine(data.Path, "server.key"),
        };
    }

    /// <summary>Some of everything that is measured.</summary>
    private static async Task<IDisposable> WorkAsync(Api api, TemporaryFolder data)
    {
        var tenant = await TestTenant.CreateAsync(api, data.Path, "measured", UnitTree.Chain(UnitTree.Root, "610100", "610101", Leaf));
        var soon = TimeProvider.System.GetUtcNow().AddDays(10);
        await api.Admin.CreateKeyAsync(
            new CreateKeyRequest { Label = "soon", Read = new Subtree { Unit = "*" }, ExpiresAt = Timestamp.FromDateTimeOffset(soon) }, Api.With(tenant.AdministratorKey));
        var refused = Figures.ToRequest(Leaf, "refused", new Dictionary<string, long> { ["no-such-cell"] = 1 });
        await Assert.ThrowsAsync<RpcException>(() => api.Submissions.SubmitAsync(refused, Api.With(tenant.SubmitKey)).ResponseAsync);
        using var many = api.Submissions.SubmitMany(Api.With(tenant.SubmitKey));
        await many.RequestStream.WriteAsync(Figures.ToRequest(Leaf, "many", new Dictionary<string, long> { ["3.2"] = 2 }));
        await many.RequestStream.CompleteAsync();
        Assert.True(await many.ResponseStream.MoveNext(CancellationToken.None));
        await AwaitAsync(api, tenant, revision: 1);

        // The ledgers above are awake, so that what makes them fresh is told to the root; and last, because of those that take about as
        // long, the last one is the exemplar.
        var options = Api.With(tenant.SubmitKey);
        options.Headers!.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        await api.Submissions.SubmitAsync(Figures.ToRequest(Leaf, "one", new Dictionary<string, long> { ["3.2"] = 1 }), options);
        await AwaitAsync(api, tenant, revision: 2);
        var root = new TotalSelector { Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period };
        var watch = api.Rollups.Watch(new WatchRequest { Total = root }, Api.With(tenant.ReadKey));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return watch;
    }

    /// <summary>Waits until the root counts the leaf's report.</summary>
    private static async Task AwaitAsync(Api api, TestTenant tenant, long revision) =>
        await api.Rollups.AwaitAsync(Figures.ToAwait(Leaf, revision), Api.With(tenant.ReadKey));

    private static bool IsOwn(string name) => name.StartsWith("aggregation_", StringComparison.Ordinal) || name.StartsWith("rpc_", StringComparison.Ordinal)
        || name is "process_start_time_seconds" or "target_info";

    private static string UnitWord(string unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => "",
    };

    private static string Joined(IReadOnlySet<string> labels) => string.Join(' ', labels.Order());

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await http.SendAsync(request);
    }

    private static async Task<string> ReadAsync(HttpClient http, string accept)
    {
        using var answer = await AskAsync(http, accept);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Where it is installed, Prometheus' own reader takes the page and finds nothing to blame in the product's own names.</summary>
    private static async Task AssertTakenByPromtoolAsync(string page)
    {
        const string promtool = "/usr/bin/promtool";
        if (!File.Exists(promtool))
        {
            return;
        }

        var start = new ProcessStartInfo(promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(page);
        process.StandardInput.Close();
        var blamed = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.DoesNotContain("error while linting", blamed, StringComparison.Ordinal);
        Assert.DoesNotContain(blamed.Split('\n'), IsOwn);
    }
}
