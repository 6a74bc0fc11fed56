using System.ComponentModel.DataAnnotations;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>What is measured and who may read it at <c>/metrics</c>.</summary>
public sealed class MetricsOptions
{
    public const string SectionName = "Metrics";

    /// <summary>Whether <c>/metrics</c> answers. Without it, and without an OTLP endpoint, instruments are not listened to. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Who reads <c>/metrics</c> without a credential. Default <see cref="MetricsAccess.Loopback"/>.</summary>
    [EnumDataType(typeof(MetricsAccess))]
    public MetricsAccess Access { get; set; }

    /// <summary>
    /// How many tenants get a label value of their own in metrics by tenant, 0–1,000; all others together are <c>other</c>. Default 50.
    /// </summary>
    [Range(0, 1_000)]
    public int Tenants { get; set; } = 50;
}

/// <summary>Who reads metrics without a credential. They name tenants.</summary>
public enum MetricsAccess
{
    /// <summary>A client on this machine, unless a proxy forwarded the request.</summary>
    Loopback,

    /// <summary>Whoever reaches any port.</summary>
    Anyone,

    /// <summary>Whoever reaches a port without TLS, unless a proxy forwarded the request: where such ports are on a network of their own.</summary>
    Plaintext,
}
