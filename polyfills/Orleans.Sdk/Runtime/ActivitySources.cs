namespace Orleans.Diagnostics;

/// <summary>Names of the runtime's activity sources.</summary>
public static class ActivitySources
{
    /// <summary>Calls of application grains.</summary>
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

    /// <summary>The runtime's own calls.</summary>
    public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";

    /// <summary>Activation and deactivation.</summary>
    public const string LifecycleActivitySourceName = "Microsoft.Orleans.Lifecycle";

    /// <summary>Storage of state.</summary>
    public const string StorageActivitySourceName = "Microsoft.Orleans.Storage";

    /// <summary>All sources.</summary>
    public const string AllActivitySourceName = "Microsoft.Orleans.*";
}
