namespace Orleans.Runtime;

/// <summary>The identity of one activation of a grain.</summary>
/// <param name="key">The identifier.</param>
[GenerateSerializer, Immutable]
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>
{
    private readonly Guid _key = key;

    /// <summary>Whether there is no identity.</summary>
    public bool IsDefault => _key == Guid.Empty;

    /// <summary>A new identity.</summary>
    public static ActivationId NewId() => new(Guid.NewGuid());

    public bool Equals(ActivationId other) => _key == other._key;

    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    public override int GetHashCode() => _key.GetHashCode();

    public override string ToString() => $"@{_key:N}";

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
