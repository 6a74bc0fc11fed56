using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class OpenTelemetryHostingTests
{
    [Fact]
    public async Task AddOpenTelemetry_HostStartedAndStopped_ExportsSpansMetricsAndLogs()
    {
        using var source = new ActivitySource("tests.hosting");
        using var meter = new Meter("tests.hosting");
        var counter = meter.CreateCounter<long>("tests.count");
        using var spans = new Recorder<Activity>(span => span.OperationName);
        using var metrics = new Recorder<Metric>(metric => $"{metric.Name}={Sum(metric)}");
        using var logs = new Recorder<LogRecord>(log => log.Body ?? string.Empty);
        var resources = new List<string?>();
        var host = Build(services =>
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("first"))
                .WithTracing(tracing => tracing.AddSource(source.Name).AddProcessor(new BatchActivityExportProcessor(spans)))
                .WithMetrics(metering => metering.AddMeter(meter.Name).AddReader(new PeriodicExportingMetricReader(metrics, 600_000)))
                .WithLogging(logging => logging.AddProcessor(new BatchLogRecordExportProcessor(logs)));

            // As a library would, once more: no second provider.
            services.AddOpenTelemetry().WithTracing(tracing => tracing.AddProcessor(new ResourceRecorder(resources)));
        });

        await host.StartAsync();
        using (source.StartActivity("work"))
            counter.Add(3);

        LogWork(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("tests"), null);
        await host.StopAsync();
        host.Dispose();

        Assert.Equal(["work"], spans.Exported);
        Assert.Equal(["tests.count=3"], metrics.Exported);
        Assert.Contains("worked", logs.Exported);
        Assert.Equal(["first"], resources);
    }

    [Fact]
    public async Task AddOpenTelemetry_BeforeTheHostStarts_ListensToNothing()
    {
        using var source = new ActivitySource("tests.idle");
        using var host = Build(services => services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(source.Name)));

        Assert.False(source.HasListeners());
        await host.StartAsync();
        Assert.True(source.HasListeners());
        await host.StopAsync();
    }

    [Fact]
    public async Task AddOpenTelemetry_AfterAnotherHostedService_ListensBeforeThatStarts()
    {
        using var source = new ActivitySource("tests.early");
        var recorded = new TaskCompletionSource<bool>();
        using var host = Build(services =>
        {
            services.AddHostedService(_ => new Early(() => recorded.SetResult(source.HasListeners())));
            services.AddOpenTelemetry();
            services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(source.Name));
        });

        await host.StartAsync();

        Assert.True(await recorded.Task);
        await host.StopAsync();
    }

    private static readonly Action<ILogger, Exception?> LogWork = LoggerMessage.Define(LogLevel.Information, 1, "worked");

    private static IHost Build(Action<IServiceCollection> configure)
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(configure);
        return builder.Build();
    }

    private static long Sum(Metric metric)
    {
        var sum = 0L;
        foreach (ref readonly var point in metric.GetMetricPoints())
            sum += point.GetSumLong();

        return sum;
    }

    private sealed class Recorder<T>(Func<T, string> describe) : BaseExporter<T>
        where T : class
    {
        public List<string> Exported { get; } = [];

        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var item in batch)
                Exported.Add(describe(item));

            return ExportResult.Success;
        }
    }

    private sealed class ResourceRecorder(List<string?> names) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => names.Add(
            ParentProvider.GetResource().Attributes.Single(attribute => attribute.Key == "service.name").Value as string);
    }

    private sealed class Early(Action started) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            started();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
