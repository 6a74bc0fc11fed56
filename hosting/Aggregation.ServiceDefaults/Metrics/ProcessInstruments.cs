using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>When the process started, and which version it is.</summary>
internal sealed class ProcessInstruments : IDisposable
{
    public const string Name = "Aggregation.Process";

    private readonly Meter _meter;

    public ProcessInstruments(IMeterFactory meters)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000d;
        var build = new Measurement<int>(1, new KeyValuePair<string, object?>("version", Version));
        _meter = meters.Create(Name);
        _meter.CreateObservableGauge("process.start_time", () => started, "s", "When the process started, since 1970");
        _meter.CreateObservableGauge("aggregation.build.info", () => build, null, "Which version runs");
    }

    public static string Version { get; } =
        typeof(ProcessInstruments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public void Dispose() => _meter.Dispose();
}
