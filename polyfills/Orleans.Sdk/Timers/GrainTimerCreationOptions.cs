using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer fires and how it lives with calls and idleness.</summary>
public readonly struct GrainTimerCreationOptions : IEquatable<GrainTimerCreationOptions>
{
    /// <summary>Options whose times the initializer sets.</summary>
    public GrainTimerCreationOptions()
    {
    }

    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>From registration to the first callback; infinite waits for <see cref="IGrainTimer.Change"/>.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one callback to the next; infinite fires once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether callbacks may run while a call of the grain is waiting. Default: no.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether callbacks keep the grain from being collected as idle. Default: no.</summary>
    public bool KeepAlive { get; init; }

    public bool Equals(GrainTimerCreationOptions other) =>
        DueTime == other.DueTime && Period == other.Period && Interleave == other.Interleave && KeepAlive == other.KeepAlive;

    public override bool Equals(object? obj) => obj is GrainTimerCreationOptions other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(DueTime, Period, Interleave, KeepAlive);

    public static bool operator ==(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => left.Equals(right);

    public static bool operator !=(GrainTimerCreationOptions left, GrainTimerCreationOptions right) => !left.Equals(right);
}
