using Aggregation.Contracts.Ledgers;

namespace Aggregation.Contracts.Publications;

/// <summary>Makes a total official.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PublishCommand")]
public sealed record PublishCommand
{
    /// <summary>Unique within (tenant, unit), 1–64 characters: the same id again is the same publication.</summary>
    [Id(0)] public required string RequestId { get; init; }

    [Id(1)] public TotalQuery Query { get; init; } = new();

    /// <summary>Publish only the total with this set digest, the one that its publisher has seen; empty: whatever it is.</summary>
    [Id(2)] public string ExpectedDigest { get; init; } = "";

    /// <summary>上报: the office reports by it that its part is done. Of the accepted total of everything below, and bound to its digest.</summary>
    [Id(3)] public bool IsCompletion { get; init; }

    /// <summary>What the head of the office states, up to 2000 characters; empty unless <see cref="IsCompletion"/>.</summary>
    [Id(4)] public string Text { get; init; } = "";
}

/// <summary>A publication without its figures.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PublicationView")]
public sealed record PublicationView
{
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required TotalQuery Query { get; init; }

    /// <summary>1 for the first of this unit, form and period, whatever its tree, scope and layer.</summary>
    [Id(2)] public required long Number { get; init; }

    [Id(3)] public required string RequestId { get; init; }

    [Id(4)] public required DateTimeOffset At { get; init; }

    /// <summary>Identifier of the key that published it.</summary>
    [Id(5)] public required string Actor { get; init; }

    /// <summary>SHA-256 of the journal entry, which chains to the publication before, in lower-case hexadecimal.</summary>
    [Id(6)] public required string Hash { get; init; }

    /// <summary>Set digest of the submissions published.</summary>
    [Id(7)] public required string Digest { get; init; }

    [Id(8)] public required long StructureVersion { get; init; }

    [Id(9)] public required Coverage Coverage { get; init; }

    [Id(10)] public required string UnitName { get; init; }

    /// <summary>Null where nobody reported completion by it.</summary>
    [Id(11)] public CompletionView? Completion { get; init; }
}

/// <summary>A publication with its figures.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PublishedTotalView")]
public sealed record PublishedTotalView(
    [property: Id(0)] PublicationView Publication, [property: Id(1)] TotalView Total);
