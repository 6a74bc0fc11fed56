using System.Collections.Immutable;

namespace Aggregation.Contracts.Tenants;

/// <summary>An entry of the journal on its way to another.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TransferEntry")]
public sealed record TransferEntry
{
    [Id(0)] public required string Stream { get; init; }

    [Id(1)] public required long Version { get; init; }

    [Id(2)] public required string Kind { get; init; }

    [Id(3)] public required DateTimeOffset At { get; init; }

    [Id(4)] public required string Actor { get; init; }

    [Id(5)] public required string Unit { get; init; }

    /// <summary>Null for an entry that no request caused.</summary>
    [Id(6)] public required string? RequestId { get; init; }

    [Id(7)] public required ImmutableArray<byte> RequestHash { get; init; }

    [Id(8)] public required ImmutableArray<byte> Payload { get; init; }

    [Id(9)] public required ImmutableArray<byte> PreviousHash { get; init; }

    [Id(10)] public required ImmutableArray<byte> Hash { get; init; }

    /// <summary>Stands for the address it was asked for from, as long as that is not erased; 0: not known.</summary>
    [Id(11)] public long Origin { get; init; }
}

/// <summary>What an export holds.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ExportView")]
public sealed record ExportView
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    /// <summary>The last position of the journal that is included.</summary>
    [Id(2)] public required long Through { get; init; }

    [Id(3)] public required long Entries { get; init; }

    /// <summary>The forms that the tenant's units ever filed.</summary>
    [Id(4)] public required ImmutableArray<TransferForm> Forms { get; init; }
}

/// <param name="Form">Its identifier.</param>
/// <param name="Hash">SHA-256 of the definition, lower-case hexadecimal.</param>
/// <param name="Definition">Canonical JSON.</param>
[GenerateSerializer, Immutable, Alias("aggregation.TransferForm")]
public sealed record TransferForm(
    [property: Id(0)] string Form, [property: Id(1)] string Hash, [property: Id(2)] string Definition);

/// <summary>Where an export goes on.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ExportPoint")]
public sealed record ExportPoint
{
    [Id(0)] public required long Through { get; init; }

    /// <summary>Of the last entry that was read; empty at the start.</summary>
    [Id(1)] public string Stream { get; init; } = "";

    [Id(2)] public long Version { get; init; }

    /// <summary>
    /// Hash of that entry, given when an export is taken up again: the journal must have it still. Empty while one reads on.
    /// </summary>
    [Id(3)] public ImmutableArray<byte> Hash { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("aggregation.ImportCommand")]
public sealed record ImportCommand
{
    /// <summary>Identifies the export, 1–64 characters: the same file, the same text.</summary>
    [Id(0)] public required string Export { get; init; }

    /// <summary>When it was made.</summary>
    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public required ImmutableArray<TransferForm> Forms { get; init; }
}

/// <param name="Finished">This export was imported before; there is nothing left to do.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ImportView")]
public sealed record ImportView([property: Id(0)] bool Finished);
