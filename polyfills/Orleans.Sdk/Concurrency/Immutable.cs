namespace Orleans.Concurrency;

/// <summary>Wraps a value which neither side of a call changes, so that it is passed without a copy.</summary>
/// <param name="value">The value to pass as it is.</param>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value) : IEquatable<Immutable<T>>
{
    /// <summary>The value.</summary>
    [Id(0)]
    public readonly T Value = value;

    public bool Equals(Immutable<T> other) => EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Immutable<T> other && Equals(other);

    public override int GetHashCode() => Value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(Value);

    public static bool operator ==(Immutable<T> left, Immutable<T> right) => left.Equals(right);

    public static bool operator !=(Immutable<T> left, Immutable<T> right) => !left.Equals(right);
}
