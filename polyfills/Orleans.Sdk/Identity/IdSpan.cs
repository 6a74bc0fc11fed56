using System.Diagnostics;
using System.Text;

namespace Orleans.Runtime;

/// <summary>An identifier as UTF-8 bytes, with its hash computed once.</summary>
[GenerateSerializer, Immutable]
[DebuggerDisplay("{ToString()}")]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hashCode;

    public IdSpan(byte[] value)
        : this(value, Hash(value))
    {
    }

    private IdSpan(byte[]? value, int hashCode)
    {
        _value = value;
        _hashCode = hashCode;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whether there is no identifier.</summary>
    public bool IsDefault => _value is null or [];

    /// <summary>The identifier spelled <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    public bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value)
        || (_hashCode == obj._hashCode && _value.AsSpan().SequenceEqual(obj._value));

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _hashCode;

    /// <summary>A hash which is the same in every process.</summary>
    public uint GetUniformHashCode() => (uint)_hashCode;

    public int CompareTo(IdSpan other) => _value.AsSpan().SequenceCompareTo(other._value);

    public override string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    private static int Hash(byte[]? value) => value is null ? 0 : (int)StableHash.ComputeHash(value);
}
