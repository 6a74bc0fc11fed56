using System.ComponentModel.DataAnnotations;

namespace Aggregation.Silo;

/// <summary>Where a silo listens: on the loopback alone, or for the other hosts of its cluster.</summary>
public sealed class SiloOptions
{
    public const string SectionName = "Silo";

    /// <summary>
    /// The IP address at which the other hosts of a cluster reach this silo; empty: the machine's own. Default empty. The traffic is not
    /// encrypted and everybody who reaches it is trusted, so it belongs on a network of its own. Unused without a cluster.
    /// </summary>
    public string Address { get; set; } = "";

    /// <summary>Port for other silos, 1–65,535; 0 takes a free one, which a cluster does not. Default 0.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Port for gateways of other processes, 1–65,535. Default 30,000. Unused where the gateway is in the same process.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;
}
