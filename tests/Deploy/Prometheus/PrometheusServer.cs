using System.Diagnostics;
using System.Text.Json;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Network;

namespace Aggregation.Deploy.Tests.Prometheus;

/// <summary>A real Prometheus with the rules of <c>deploy/</c>, see <see cref="ShortenedRules"/>, which asks one server every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "prometheus";

    /// <summary>Prometheus tells nobody that something has changed: it is asked.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly TemporaryFolder _folder = new();
    private readonly RunningProcess _process;
    private readonly HttpClient _http;

    private PrometheusServer(Uri target)
    {
        var port = FreePorts.One();
        var rules = string.Join(", ", ShortenedRules.Write(_folder.Path));
        var config = Path.Combine(_folder.Path, "prometheus.yml");
        File.WriteAllText(config, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [{{rules}}]
            scrape_configs:
              - job_name: aggregation
                static_configs: [{ targets: ["{{target.Authority}}"] }]
            """);
        var start = new ProcessStartInfo(Program,
        [
            $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(_folder.Path, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--enable-feature=exemplar-storage", "--log.level=warn",
        ]);
        _process = new RunningProcess(start);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience.Step };
    }

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <param name="target">Base address of the server whose metrics it fetches.</param>
    public static async Task<PrometheusServer> StartAsync(Uri target)
    {
        var server = new PrometheusServer(target);
        await server.UntilAsync("Prometheus is ready", async () =>
        {
            try
            {
                using var answer = await server._http.GetAsync(new Uri("/-/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
                return false;
            }
        });
        return server;
    }

    /// <summary>Whether a query has an answer now that is a number.</summary>
    /// <exception cref="InvalidOperationException">Prometheus does not take the query.</exception>
    public async Task<bool> AnswersAsync(string expression)
    {
        using var json = await QueryAsync(expression);
        return Series(json).Any(static series => series.GetProperty("value")[1].GetString() != "NaN");
    }

    /// <summary>The alerts that have fired since the start, by name and severity.</summary>
    public async Task<IReadOnlySet<Alert>> FiredAsync()
    {
        using var json = await QueryAsync("count by (alertname, severity) (count_over_time(ALERTS{alertstate=\"firing\"}[1h]))");
        return Series(json).Select(static series => Read(series.GetProperty("metric"))).ToHashSet();
    }

    /// <summary>The alerts that fire now, by name and severity.</summary>
    public async Task<IReadOnlySet<Alert>> FiringAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative)));
        return json.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(static alert => alert.GetProperty("state").GetString() == "firing")
            .Select(static alert => Read(alert.GetProperty("labels")))
            .ToHashSet();
    }

    /// <summary>Every rule: its alert's name and severity, or null of one that records, and its query.</summary>
    public async Task<IReadOnlyList<(Alert? Alert, string Query)>> RulesAsync()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/api/v1/rules", UriKind.Relative)));
        return
        [
            .. from @group in json.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray()
            from rule in @group.GetProperty("rules").EnumerateArray()
            let alert = rule.GetProperty("type").GetString() == "alerting"
                ? new Alert(rule.GetProperty("name").GetString()!, rule.GetProperty("labels").GetProperty("severity").GetString()!)
                : null
            select (alert, rule.GetProperty("query").GetString()!),
        ];
    }

    /// <summary>Asks until it is so.</summary>
    /// <exception cref="TimeoutException">It does not come to be.</exception>
    public async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience.Step);
        while (!await isSo())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Not so after {Patience.Step}: {what}. Prometheus wrote:\n{_process.Output}");
            }

            await Task.Delay(Pause);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<JsonDocument> QueryAsync(string expression)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using var answer = await _http.PostAsync(new Uri("/api/v1/query", UriKind.Relative), form);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        if (answer.IsSuccessStatusCode)
        {
            return json;
        }

        using (json)
        {
            throw new InvalidOperationException($"{expression}: {json.RootElement.GetProperty("error").GetString()}");
        }
    }

    private static JsonElement.ArrayEnumerator Series(JsonDocument answer) =>
        answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray();

    private static Alert Read(JsonElement labels) =>
        new(labels.GetProperty("alertname").GetString()!, labels.GetProperty("severity").GetString()!);
}

/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
internal sealed record Alert(string Name, string Severity)
{
    public override string ToString() => $"{Name} ({Severity})";
}
