namespace Orleans.Runtime;

/// <summary>Knows which activation is running on this thread.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation that is running, or null outside grains.</summary>
    IGrainContext? GrainContext { get; }
}
