namespace Aggregation.Deploy.Tests.Prometheus;

/// <summary>A test that starts a Prometheus of its own; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() =>
        Skip = PrometheusServer.IsInstalled ? null : "Prometheus is not installed (Debian: apt-get install prometheus).";
}
