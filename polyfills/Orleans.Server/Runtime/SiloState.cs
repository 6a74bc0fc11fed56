namespace Orleans.Runtime;

/// <summary>Whether calls are served.</summary>
internal enum SiloState
{
    Created,
    Running,

    /// <summary>Grains may still call each other while they end.</summary>
    Stopping,
    Stopped,
}
