using System.Net;

namespace Orleans.Configuration;

/// <summary>A silo's ports. In one process they only tell silos apart: nothing listens on them.</summary>
public class EndpointOptions
{
    /// <summary>Default of <see cref="SiloPort"/>.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>Default of <see cref="GatewayPort"/>.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>The address that others are told; null for the machine's.</summary>
    public IPAddress? AdvertisedIPAddress { get; set; }
}
