using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>Something that goes wrong, in full, while a server works under load; it is over when the injection is.</summary>
internal abstract class Fault(string name)
{
    /// <summary>For the progress of a run.</summary>
    public string Name => name;

    /// <summary>Lets it happen, and waits for so much of it that the load has met it.</summary>
    public abstract Task InjectAsync(Scene scene, Phase phase);
}
