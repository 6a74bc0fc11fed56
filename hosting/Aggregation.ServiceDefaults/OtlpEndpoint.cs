using Microsoft.Extensions.Configuration;

namespace Aggregation.ServiceDefaults;

/// <summary>Where telemetry is sent.</summary>
public static class OtlpEndpoint
{
    /// <summary>The variable that OpenTelemetry defines; its companions choose protocol, headers and timeout.</summary>
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether it is sent anywhere.</summary>
    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Variable]);
}
