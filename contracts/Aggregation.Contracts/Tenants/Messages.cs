using System.Collections.Immutable;
using Aggregation.Domain.Structure;

namespace Aggregation.Contracts.Tenants;

[GenerateSerializer, Immutable, Alias("aggregation.CreateTenantCommand")]
public sealed record CreateTenantCommand(
    [property: Id(0)] string Tenant, [property: Id(1)] string Name, [property: Id(2)] TenantSettings Settings);

[GenerateSerializer, Immutable, Alias("aggregation.TenantView")]
public sealed record TenantView(
    [property: Id(0)] string Tenant, [property: Id(1)] string Name, [property: Id(2)] DateTimeOffset CreatedAt);

/// <param name="Tenant">The new tenant.</param>
/// <param name="AdministratorKey">Text of its first key, shown this once.</param>
[GenerateSerializer, Immutable, Alias("aggregation.TenantCreated")]
public sealed record TenantCreated([property: Id(0)] TenantView Tenant, [property: Id(1)] KeyCreated AdministratorKey);

/// <param name="AutoAccept">A submission is accepted the moment it is filed; journaled.</param>
/// <param name="FillTotals">
/// A total that a submission leaves empty is filled in from its parts, where the form says that it may be. Else units enter their totals.
/// </param>
/// <param name="RequireSignature">A report is accepted only once the head of the unit has signed it; not with <paramref name="AutoAccept"/>.</param>
/// <param name="FourEyes">
/// 四眼原则: who filed a revision does not accept it, nor the same key; not with <paramref name="AutoAccept"/>. Null, in a request only: on where review
/// begins, else as it is.
/// </param>
[GenerateSerializer, Immutable, Alias("aggregation.TenantSettings")]
public sealed record TenantSettings(
    [property: Id(0)] bool AutoAccept = true, [property: Id(1)] bool FillTotals = true, [property: Id(2)] bool RequireSignature = false,
    [property: Id(4)] bool? FourEyes = null)
{
    /// <summary>A government whose own figures are the sum of those below is asked for an explanation.</summary>
    [Id(5)] public bool CheckSumsBelow { get; init; } = true;

    /// <summary>A completion that is accepted locks every report that it counts, from the leaves up, as <c>Lock</c> does.</summary>
    [Id(6)] public bool LockOnCompletion { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.ImportUnitsCommand")]
public sealed record ImportUnitsCommand
{
    [Id(0)] public string Tree { get; init; } = Names.Territory;

    /// <summary>Columns code, name, kind, level, parent, from, to; UTF-8.</summary>
    [Id(1)] public required string Csv { get; init; }

    /// <summary>Only checks.</summary>
    [Id(2)] public bool DryRun { get; init; }
}

/// <param name="StructureVersion">With the units; of a dry run, what it would be.</param>
/// <param name="Added">Units that the tree did not have.</param>
/// <param name="Unchanged">Units that it had, and has as before. An import changes none.</param>
[GenerateSerializer, Immutable, Alias("aggregation.UnitsImported")]
public sealed record UnitsImported(
    [property: Id(0)] long StructureVersion, [property: Id(1)] int Added, [property: Id(2)] int Unchanged)
{
    /// <summary>Most units that an answer shows.</summary>
    public const int MostShown = 1_000;

    /// <summary>The first of the units added, in the order of the file; at most <see cref="MostShown"/>.</summary>
    [Id(3)] public ImmutableArray<UnitView> Units { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("aggregation.UnitsQuery")]
public sealed record UnitsQuery
{
    [Id(0)] public string Tree { get; init; } = Names.Territory;

    /// <summary>Only this unit and what is under it; null: everything the caller may read.</summary>
    [Id(1)] public string? Under { get; init; }

    /// <summary>The day whose tree is wanted; null: today.</summary>
    [Id(2)] public DateOnly? On { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.UnitsView")]
public sealed record UnitsView(
    [property: Id(0)] long StructureVersion, [property: Id(1)] ImmutableArray<UnitView> Units);

[GenerateSerializer, Immutable, Alias("aggregation.UnitView")]
public sealed record UnitView
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required UnitKind Kind { get; init; }

    [Id(3)] public required UnitLevel Level { get; init; }

    /// <summary>Empty for a root.</summary>
    [Id(4)] public required string Parent { get; init; }
}
