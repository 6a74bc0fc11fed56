using System.Collections.Immutable;
using Aggregation.Domain.Rollups;

namespace Aggregation.Contracts.Ledgers;

/// <summary>Which total of a ledger is asked for.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TotalQuery")]
public sealed record TotalQuery
{
    [Id(0)] public string Tree { get; init; } = Names.Territory;

    [Id(1)] public Scope Scope { get; init; } = Scope.Region;

    [Id(2)] public Layer Layer { get; init; } = Layer.Submitted;
}

/// <summary>A total as it stands in memory, complete as of the version it carries.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TotalView")]
public sealed record TotalView
{
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required TotalQuery Query { get; init; }

    [Id(2)] public required string UnitName { get; init; }

    /// <summary>Grows with every change of this ledger; a later total never carries a lower one.</summary>
    [Id(3)] public required LedgerVersion Version { get; init; }

    [Id(4)] public required long StructureVersion { get; init; }

    [Id(5)] public required Coverage Coverage { get; init; }

    /// <summary>Sum of the hashes of the submissions included, 32 hexadecimal digits; equal digests hold the same submissions.</summary>
    [Id(6)] public required string Digest { get; init; }

    [Id(7)] public required ImmutableArray<CellTotal> Cells { get; init; }

    [Id(8)] public required ImmutableArray<DerivedFigure> Derived { get; init; }

    /// <summary>
    /// The point in the past that it shows, to be asked for again; null for a live total. <see cref="Version"/> is then zero,
    /// except for a unit without children.
    /// </summary>
    [Id(9)] public AsOfPoint? AsOf { get; init; }

    /// <summary>The traced changes that came last while somebody observed the ledger; empty where there were none.</summary>
    [Id(10)] public ImmutableArray<ChangeCause> Causes { get; init; } = [];
}

/// <summary>What is traced and changed a ledger.</summary>
/// <param name="Version">The ledger's version that it brought about.</param>
/// <param name="TraceParent">The span that did, as W3C Trace Context writes it.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ChangeCause")]
public readonly record struct ChangeCause([property: Id(0)] LedgerVersion Version, [property: Id(1)] string TraceParent);

/// <summary>A total and the totals of the children in the same scope and layer that make it.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ChildrenView")]
public sealed record ChildrenView
{
    [Id(0)] public required TotalView Total { get; init; }

    /// <summary>The unit's own part, and each child's <see cref="Scope.Region"/>, in the structure's order; they sum to the total.</summary>
    [Id(1)] public required ImmutableArray<Part> Parts { get; init; }
}

/// <summary>One summand of a total.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Part")]
public sealed record Part
{
    [Id(0)] public required string Unit { get; init; }

    [Id(1)] public required string UnitName { get; init; }

    /// <summary>The unit's own figures, not a child's.</summary>
    [Id(2)] public required bool IsOwn { get; init; }

    /// <summary>The child has children of its own, so that it can be opened further.</summary>
    [Id(3)] public required bool CanOpen { get; init; }

    [Id(4)] public required Coverage Coverage { get; init; }

    [Id(5)] public required string Digest { get; init; }

    [Id(6)] public required ImmutableArray<CellTotal> Cells { get; init; }

    /// <summary>The submission that this part is, where it is exactly one; null for an aggregate or an empty part.</summary>
    [Id(7)] public SubmissionSource? Source { get; init; }

    [Id(8)] public required LedgerVersion Version { get; init; }
}

/// <summary>The submission behind a figure: which revision, who filed it, when.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.SubmissionSource")]
public sealed record SubmissionSource(
    [property: Id(0)] long Revision, [property: Id(1)] string Actor, [property: Id(2)] DateTimeOffset At);

/// <summary>Waits until a revision is included at an ancestor.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.AwaitQuery")]
public sealed record AwaitQuery
{
    [Id(0)] public required long Revision { get; init; }

    /// <summary>The unit itself or one above it in <see cref="Tree"/>.</summary>
    [Id(1)] public required string AtUnit { get; init; }

    [Id(2)] public string Tree { get; init; } = Names.Territory;
}
