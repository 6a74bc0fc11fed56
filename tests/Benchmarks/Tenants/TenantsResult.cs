using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>One tenant's figures, alone and beside another that floods the server.</summary>
/// <param name="LimitPerSecond">What the flooding tenant may do.</param>
/// <param name="Limited">Beside a flood that is held to that.</param>
/// <param name="Unlimited">Beside one that is not.</param>
internal sealed record TenantsResult(
    [property: JsonPropertyName("limit_per_s")] int LimitPerSecond,
    [property: JsonPropertyName("limited")] TenantsFigures Limited,
    [property: JsonPropertyName("unlimited")] TenantsFigures Unlimited)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string ToJson() => JsonSerializer.Serialize(this, Indented);
}

/// <summary>Rates are submissions a second, medians of the rounds; latencies are milliseconds over all rounds.</summary>
internal sealed record TenantsFigures(
    [property: JsonPropertyName("alone_per_s")] double AlonePerSecond,
    [property: JsonPropertyName("beside_per_s")] double BesidePerSecond,
    [property: JsonPropertyName("alone_p50_ms")] double AloneMedian,
    [property: JsonPropertyName("beside_p50_ms")] double BesideMedian,
    [property: JsonPropertyName("alone_p99_ms")] double AloneTail,
    [property: JsonPropertyName("beside_p99_ms")] double BesideTail,
    [property: JsonPropertyName("flood_served")] long FloodServed,
    [property: JsonPropertyName("flood_refused")] long FloodRefused)
{
    /// <summary>Goal beside a flood at its limit: at least 0.85.</summary>
    [JsonPropertyName("beside_to_alone")]
    public double Ratio => Math.Round(BesidePerSecond / AlonePerSecond, 3);
}
