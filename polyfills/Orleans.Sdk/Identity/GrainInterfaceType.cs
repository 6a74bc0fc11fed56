using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>The name of a grain interface.</summary>
/// <param name="value">The name.</param>
[GenerateSerializer, Immutable]
[DebuggerDisplay("{ToString()}")]
public readonly struct GrainInterfaceType(IdSpan value) : IEquatable<GrainInterfaceType>
{
    public GrainInterfaceType(string value)
        : this(IdSpan.Create(value))
    {
    }

    /// <summary>The name.</summary>
    public IdSpan Value { get; } = value;

    /// <summary>Whether there is no name.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The interface named <paramref name="value"/>.</summary>
    public static GrainInterfaceType Create(string value) => new(value);

    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString();

    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
