namespace Orleans.Runtime.Proxies;

/// <summary>The kind of identity that observers have.</summary>
internal static class ObserverTypes
{
    public static readonly GrainType Client = GrainType.Create("sys.client");
}
