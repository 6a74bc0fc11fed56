using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;

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

    /// <summary>year, quarter, month.</summary>
    [Id(4)] public required ImmutableArray<string> Periods { get; init; }

    [Id(5)] public required ImmutableArray<CellView> Cells { get; init; }

    [Id(6)] public required ImmutableArray<CheckView> Checks { get; init; }

    [Id(7)] public required ImmutableArray<DerivedView> Derived { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.CellView")]
public sealed record CellView
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>Unit of measure, such as 条.</summary>
    [Id(3)] public required string Measure { get; init; }

    /// <summary>Decimals, 0–6.</summary>
    [Id(4)] public required int Scale { get; init; }

    /// <summary>flow or stock.</summary>
    [Id(5)] public required string Kind { get; init; }

    [Id(6)] public required string Section { get; init; }

    /// <summary>The cell that this one is "of which"; empty for none.</summary>
    [Id(7)] public required string Parent { get; init; }

    /// <summary>Largest figure one unit may give.</summary>
    [Id(8)] public required Amount Max { get; init; }
}

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
}
