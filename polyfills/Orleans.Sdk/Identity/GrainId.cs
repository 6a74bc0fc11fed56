using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The identity of a grain: its kind and its key, written <c>kind/key</c>.</summary>
[GenerateSerializer, Immutable]
[DebuggerDisplay("{ToString()}")]
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    public GrainId(GrainType type, IdSpan key)
    {
        Type = type;
        Key = key;
    }

    /// <summary>The kind.</summary>
    public GrainType Type { get; }

    /// <summary>The key.</summary>
    public IdSpan Key { get; }

    /// <summary>Whether there is no identity.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>The identity <c>type/key</c>.</summary>
    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    /// <summary>The identity <c>type/key</c>.</summary>
    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    /// <summary>The identity <c>type/key</c>.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads <c>kind/key</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> has no kind, no slash or no key.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id", nameof(value));

    /// <summary>Reads <c>kind/key</c>, or says that it cannot.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result)
    {
        var slash = value is null ? -1 : value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value!.Length - 1)
        {
            result = default;
            return false;
        }

        result = Create(value[..slash], value[(slash + 1)..]);
        return true;
    }

    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, Key);

    /// <summary>A hash which is the same in every process.</summary>
    public uint GetUniformHashCode() => (Type.GetUniformHashCode() * 31) + Key.GetUniformHashCode();

    public int CompareTo(GrainId other)
    {
        var type = Type.CompareTo(other.Type);
        return type != 0 ? type : Key.CompareTo(other.Key);
    }

    public override string ToString() => $"{Type}/{Key}";

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
