using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>The name of a kind of grain, the first half of a <see cref="GrainId"/>.</summary>
/// <param name="id">The name.</param>
[GenerateSerializer, Immutable]
[DebuggerDisplay("{ToString()}")]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>The name.</summary>
    public IdSpan Value { get; } = id;

    /// <summary>Whether there is no name.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>The kind spelled <paramref name="value"/>.</summary>
    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>A hash which is the same in every process.</summary>
    public uint GetUniformHashCode() => Value.GetUniformHashCode();

    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
