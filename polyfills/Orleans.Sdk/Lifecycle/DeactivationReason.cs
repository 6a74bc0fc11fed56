namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason : IEquatable<DeactivationReason>
{
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>The reason in words.</summary>
    public string Description { get; }

    /// <summary>The reason.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>What failed, if something did.</summary>
    public Exception? Exception { get; }

    public bool Equals(DeactivationReason other) =>
        ReasonCode == other.ReasonCode && Description == other.Description && Exception == other.Exception;

    public override bool Equals(object? obj) => obj is DeactivationReason other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(ReasonCode, Description, Exception);

    public override string ToString() => Exception is null
        ? $"{ReasonCode}: {Description}"
        : $"{ReasonCode}: {Description} ({Exception.Message})";

    public static bool operator ==(DeactivationReason left, DeactivationReason right) => left.Equals(right);

    public static bool operator !=(DeactivationReason left, DeactivationReason right) => !left.Equals(right);
}
