namespace Aggregation.Domain.Chains;

/// <summary>What an entry of a journal says and is hashed over, before it is there, in it, and in what is handed out of it.</summary>
public record EntryBody
{
    public required string Tenant { get; init; }

    public required string Stream { get; init; }

    /// <summary>The version it will have, one more than the stream's last; 1 for the first.</summary>
    public required long Version { get; init; }

    /// <summary>What the payload is, such as <c>submitted</c>, <c>withdrawn</c>, <c>units-imported</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Identifier of the key on whose behalf it is written; never a name.</summary>
    public required string Actor { get; init; }

    /// <summary>The unit within which <see cref="RequestId"/> is unique; empty for streams that are not a unit's.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Null for an entry that no request caused.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 of what the request asked for; tells a repeated request from a reused id. Empty without a request.</summary>
    public ReadOnlyMemory<byte> RequestHash { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Hash of the entry before in this stream; empty for the first.</summary>
    public required ReadOnlyMemory<byte> PreviousHash { get; init; }

    /// <summary>From where it was asked for: a number that leads to what can be erased; 0 where that is not known.</summary>
    public long Origin { get; init; }

    /// <summary>SHA-256 over everything above, as <see cref="EntryHash.Of"/> gives it; 32 bytes.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }
}
