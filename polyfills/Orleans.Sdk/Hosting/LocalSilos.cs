namespace Orleans.Hosting;

/// <summary>The silos of this process, by which a client of the same process finds one.</summary>
internal static class LocalSilos
{
    private static readonly Lock Gate = new();
    private static readonly List<LocalSilo> Running = [];

    /// <summary>Adds a silo unless its ports are taken; returns the silo that has them, or null.</summary>
    public static LocalSilo? TryAdd(LocalSilo silo)
    {
        lock (Gate)
        {
            var other = Running.Find(known => known.SiloPort == silo.SiloPort || known.GatewayPort == silo.GatewayPort);
            if (other is null) Running.Add(silo);
            return other;
        }
    }

    public static void Remove(LocalSilo silo)
    {
        lock (Gate) Running.Remove(silo);
    }

    public static LocalSilo? Find(string clusterId, string serviceId, int gatewayPort)
    {
        lock (Gate)
        {
            return Running.Find(known =>
                known.ClusterId == clusterId && known.ServiceId == serviceId && known.GatewayPort == gatewayPort);
        }
    }
}

/// <summary>One silo of this process.</summary>
internal sealed record LocalSilo(string ClusterId, string ServiceId, int SiloPort, int GatewayPort, IServiceProvider Services);
