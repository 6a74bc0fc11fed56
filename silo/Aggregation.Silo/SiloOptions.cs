using System.ComponentModel.DataAnnotations;

namespace Aggregation.Silo;

/// <summary>Where a silo on this machine listens. Loopback only.</summary>
public sealed class SiloOptions
{
    public const string SectionName = "Silo";

    /// <summary>Port for other silos, 1–65,535; 0 takes a free one. Default 0.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Port for gateways of other processes, 1–65,535. Default 30,000. Unused where the gateway is in the same process.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}
