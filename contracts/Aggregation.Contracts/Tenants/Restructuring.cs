using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;

namespace Aggregation.Contracts.Tenants;

/// <summary>One change of the structure, in text, as somebody wrote it; the domain reads it and names every fault.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.StructureChange")]
public sealed record StructureChange
{
    /// <summary>Line of the file, or number in the list, by which faults name it.</summary>
    [Id(0)] public required int Line { get; init; }

    /// <summary>open, move, rename, close, merge, split or abolish.</summary>
    [Id(1)] public required string Change { get; init; }

    /// <summary>Empty: the territory.</summary>
    [Id(2)] public string Tree { get; init; } = "";

    /// <summary>First day, YYYY-MM-DD.</summary>
    [Id(3)] public required string From { get; init; }

    [Id(4)] public required string Unit { get; init; }

    [Id(5)] public string Parent { get; init; } = "";

    /// <summary>The unit that takes over, or the part split off.</summary>
    [Id(6)] public string Into { get; init; } = "";

    [Id(7)] public string Name { get; init; } = "";

    [Id(8)] public string Kind { get; init; } = "";

    [Id(9)] public string Level { get; init; } = "";

    /// <summary>Codes separated by blanks.</summary>
    [Id(10)] public string Children { get; init; } = "";
}

/// <summary>A list of changes to be looked at, or applied as one.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RestructureCommand")]
public sealed record RestructureCommand
{
    [Id(0)] public required ImmutableArray<StructureChange> Changes { get; init; }

    /// <summary>The structure that the plan was made on; required to apply. Another one by now refuses as stale.</summary>
    [Id(1)] public long StructureVersion { get; init; }

    /// <summary>Form and period whose totals a plan shows before and after; both null: none.</summary>
    [Id(2)] public string? Form { get; init; }

    [Id(3)] public string? Period { get; init; }

    /// <summary>The layer of these totals.</summary>
    [Id(4)] public Layer Layer { get; init; }

    /// <summary>Apply although accepted or locked reports leave totals, as the plan's losses say.</summary>
    [Id(5)] public bool AcceptLoss { get; init; }
}

/// <summary>What changes would do, without anything done.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RestructurePlan")]
public sealed record RestructurePlan
{
    /// <summary>The structure that was looked at; applying needs it.</summary>
    [Id(0)] public required long StructureVersion { get; init; }

    /// <summary>Periods whose last day is earlier keep their trees.</summary>
    [Id(1)] public required DateOnly From { get; init; }

    /// <summary>The day whose trees are compared: the period's last, or that of the last change.</summary>
    [Id(2)] public required DateOnly On { get; init; }

    [Id(3)] public required ImmutableArray<PlannedUnit> Units { get; init; }

    [Id(4)] public required ImmutableArray<PlannedBranch> Branches { get; init; }

    /// <summary>Every accepted or locked report that would leave a total, of any form and period. If there is any, applying needs <see cref="RestructureCommand.AcceptLoss"/>.</summary>
    [Id(5)] public ImmutableArray<PlannedLoss> Losses { get; init; } = [];
}

/// <summary>An accepted or locked report that would leave totals, because the change is dated into its period.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PlannedLoss")]
public sealed record PlannedLoss
{
    /// <summary>The tree of the totals.</summary>
    [Id(0)] public required string Tree { get; init; }

    [Id(1)] public required string Unit { get; init; }

    [Id(2)] public required string UnitName { get; init; }

    [Id(3)] public required string Form { get; init; }

    [Id(4)] public required string Period { get; init; }

    /// <summary>The accepted revision; 0 where none is, and the report is only locked.</summary>
    [Id(5)] public required long Revision { get; init; }

    [Id(6)] public required bool IsLocked { get; init; }

    /// <summary>Codes of the units whose totals it leaves, from below; the unit itself among them if it leaves the tree.</summary>
    [Id(7)] public required ImmutableArray<string> Totals { get; init; }

    /// <summary>The unit leaves the tree; else it only stands elsewhere in it, or counts in another scope.</summary>
    [Id(8)] public required bool Leaves { get; init; }

    /// <summary>Code of the unit that takes over from one that leaves; empty: none.</summary>
    [Id(9)] public required string Successor { get; init; }
}

/// <summary>A unit that comes, goes, or stands or is called otherwise.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PlannedUnit")]
public sealed record PlannedUnit(
    [property: Id(0)] string Tree, [property: Id(1)] string Unit, [property: Id(2)] UnitView? Before, [property: Id(3)] UnitView? After);

/// <summary>A unit under which other units stand than before.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PlannedBranch")]
public sealed record PlannedBranch
{
    [Id(0)] public required string Tree { get; init; }

    [Id(1)] public required string Unit { get; init; }

    [Id(2)] public required string UnitName { get; init; }

    [Id(3)] public required ImmutableArray<string> Gained { get; init; }

    [Id(4)] public required ImmutableArray<string> Lost { get; init; }

    /// <summary>Its Region total as the journal has it now, on each tree; null where no form and period were given.</summary>
    [Id(5)] public PlannedTotal? Before { get; init; }

    [Id(6)] public PlannedTotal? After { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.PlannedTotal")]
public sealed record PlannedTotal(
    [property: Id(0)] Coverage Coverage, [property: Id(1)] string Digest, [property: Id(2)] ImmutableArray<CellTotal> Cells);

/// <param name="StructureVersion">The new structure.</param>
/// <param name="From">Periods whose last day is earlier keep their trees.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Restructured")]
public sealed record Restructured([property: Id(0)] long StructureVersion, [property: Id(1)] DateOnly From);
