using System.Collections.Immutable;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;

namespace Aggregation.Contracts.Tenants;

/// <summary>报表: a form as the catalogue shows it.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.FormView")]
public sealed record FormView
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>SHA-256 of the definition, lower-case hexadecimal.</summary>
    [Id(3)] public required string Hash { get; init; }

    /// <summary>The kinds of periods that it is filed for.</summary>
    [Id(4)] public required ImmutableArray<PeriodKind> Periods { get; init; }

    [Id(5)] public required ImmutableArray<CellView> Cells { get; init; }

    [Id(6)] public required ImmutableArray<CheckView> Checks { get; init; }

    [Id(7)] public required ImmutableArray<DerivedView> Derived { get; init; }

    /// <summary>The first year in use; 0: none is set.</summary>
    [Id(8)] public int FirstYear { get; init; }

    /// <summary>The last year in use; 0: none is set.</summary>
    [Id(9)] public int LastYear { get; init; }

    [Id(10)] public ImmutableArray<Section> Sections { get; init; } = [];

    [Id(11)] public required FormLayout Layout { get; init; }

    /// <summary>It may be filed before its period begins.</summary>
    [Id(12)] public bool PlansAhead { get; init; }
}

/// <summary>A cell.</summary>
/// <param name="Parts">The cells whose sum this one is, if it may be filled in from them; empty otherwise.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CellView")]
public sealed record CellView([property: Id(0)] Cell Cell, [property: Id(1)] ImmutableArray<string> Parts);

[GenerateSerializer, Immutable, Alias("aggregation.CheckView")]
public sealed record CheckView
{
    [Id(0)] public required string CheckId { get; init; }

    [Id(1)] public required Severity Severity { get; init; }

    [Id(2)] public required string Rule { get; init; }

    [Id(3)] public required string MessageZh { get; init; }

    [Id(4)] public required string MessageEn { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.DerivedView")]
public sealed record DerivedView
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>Such as %.</summary>
    [Id(3)] public required string Measure { get; init; }

    [Id(4)] public required string Expression { get; init; }

    /// <summary>Decimals, 0–6.</summary>
    [Id(5)] public int Decimals { get; init; }
}
