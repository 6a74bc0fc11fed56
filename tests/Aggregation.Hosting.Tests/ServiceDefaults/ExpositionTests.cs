using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Aggregation.ServiceDefaults.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Aggregation.Hosting.Tests.ServiceDefaults;

/// <summary>Names and text of <c>/metrics</c>, by OpenTelemetry's and Prometheus' written rules.</summary>
public sealed class ExpositionTests : IDisposable
{
    private readonly Meter meter = new($"exposed-{Guid.NewGuid()}");

    public void Dispose() => meter.Dispose();

    [Theory]
    [InlineData("requests", "{request}", "requests_total")]
    [InlineData("requests.total", "1", "requests_total")]
    [InlineData("io", "By", "io_bytes_total")]
    [InlineData("io.bytes", "By", "io_bytes_total")]
    [InlineData("io.rate", "By/s", "io_rate_bytes_per_second_total")]
    [InlineData("wait", "ms", "wait_milliseconds_total")]
    [InlineData("my-odd..name", "", "my_odd_name_total")]
    [InlineData("furlongs", "furlong", "furlongs_furlong_total")]
    public async Task Counter_IsNamed(string name, string unit, string expected)
    {
        var page = await ReadAsync(() => meter.CreateCounter<long>(name, unit).Add(3));
        Assert.Equal([$"# TYPE {expected} counter", $"{expected}{Scope} 3"], page);
    }

    [Theory]
    [InlineData("used", "1", "used_ratio")]
    [InlineData("used", "%", "used_percent")]
    [InlineData("used", "", "used")]
    public async Task Gauge_IsNamed(string name, string unit, string expected)
    {
        var page = await ReadAsync(() => meter.CreateGauge<double>(name, unit).Record(0.25));
        Assert.Equal([$"# TYPE {expected} gauge", $"{expected}{Scope} 0.25"], page);
    }

    [Fact]
    public async Task Labels_AndHelp_AreEscapedAndCollisionsJoined()
    {
        var page = await ReadAsync(() => meter.CreateUpDownCounter<long>("held", null, "first \\ line\nsecond \"line\"")
            .Add(-2, new("a.b", "x\\y\"z\n"), new("a_b", true), new("n", 5), new("nothing", null)));

        Assert.Equal(
            [
                "# TYPE held gauge", @"# HELP held first \\ line\nsecond ""line""",
                $$"""held{a_b="x\\y\"z\n;true",n="5",nothing="",{{Scope[1..]}} -2""",
            ],
            page);
    }

    [Fact]
    public async Task Histogram_InOpenMetrics_HasItsUnitAndAnExemplarInTheBucketOfItsValue()
    {
        using var traced = new Activity("traced") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        traced.Start();
        var page = await ReadAsync(
            () => meter.CreateHistogram("took", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] }).Record(0.75),
            ExpositionFormat.OpenMetrics);

        Assert.Equal(["# TYPE took_seconds histogram", "# UNIT took_seconds seconds"], page[..2]);
        var inner = Scope[1..^1];
        Assert.Equal($$"""took_seconds_bucket{{{inner}},le="0.5"} 0""", page[2]);
        Assert.StartsWith(
            $$"""took_seconds_bucket{{{inner}},le="1.0"} 1 # {trace_id="{{traced.TraceId}}",span_id="{{traced.SpanId}}"} 0.75 """, page[3],
            StringComparison.Ordinal);
        Assert.Equal($$"""took_seconds_bucket{{{inner}},le="+Inf"} 1""", page[4]);
        Assert.Equal([$"took_seconds_sum{Scope} 0.75", $"took_seconds_count{Scope} 1", "# EOF"], page[5..]);
    }

    private string Scope => $$"""{otel_scope_name="{{meter.Name}}"}""";

    /// <summary>What is shown of the meter after it measured, line by line, without what is shown of the process.</summary>
    private async Task<string[]> ReadAsync(Action measure, ExpositionFormat? format = null)
    {
        using var exporter = new PullExporter();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty())
            .AddMeter(meter.Name)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        measure();
        var page = Encoding.UTF8.GetString((await Exposition.ReadAsync(exporter, format ?? ExpositionFormat.Text, CancellationToken.None)).Span);
        return [.. page.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("target", StringComparison.Ordinal))];
    }
}
