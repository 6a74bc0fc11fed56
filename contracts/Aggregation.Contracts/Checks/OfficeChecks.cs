using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;

namespace Aggregation.Contracts.Checks;

/// <summary>A check that a tenant's office defines for a form, beside the form's own.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CheckDefinition")]
public sealed record CheckDefinition
{
    [Id(0)] public required string Form { get; init; }

    /// <summary>Unique in the tenant and form, for ever: explanations on file refer to it.</summary>
    [Id(1)] public required string CheckId { get; init; }

    [Id(2)] public required Severity Severity { get; init; }

    /// <summary>In the language of the form's own checks, such as <c>[3.1] = sum([3.1.1]:[3.1.4])</c>.</summary>
    [Id(3)] public required string Rule { get; init; }

    /// <summary>What is wrong when it does not hold; <c>{left}</c> and <c>{right}</c> stand for the two sides.</summary>
    [Id(4)] public required string MessageZh { get; init; }

    [Id(5)] public required string MessageEn { get; init; }
}

/// <summary>A check of an office, as it stands.</summary>
/// <param name="RetiredAt">Null while it is applied.</param>
/// <param name="Fault">Why it cannot be applied to the form as it is now; empty: it is applied.</param>
[GenerateSerializer, Immutable, Alias("aggregation.OfficeCheckView")]
public sealed record OfficeCheckView(
    [property: Id(0)] CheckDefinition Definition,
    [property: Id(1)] DateTimeOffset DefinedAt,
    [property: Id(2)] DateTimeOffset? RetiredAt,
    [property: Id(3)] string Fault);

/// <summary>A check to be tried; one of the two is given.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TryCheckQuery")]
public sealed record TryCheckQuery
{
    /// <summary>Most units named in an answer.</summary>
    public const int MostFindings = 1000;

    /// <summary>A check that is defined or retired.</summary>
    [Id(0)] public string? CheckId { get; init; }

    /// <summary>A check that need not be defined.</summary>
    [Id(1)] public CheckDefinition? Definition { get; init; }

    /// <summary>How many of the units with a finding to name, 1–<see cref="MostFindings"/>.</summary>
    [Id(2)] public required int Limit { get; init; }
}

/// <summary>What a check would have found in what is filed.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CheckTrial")]
public sealed record CheckTrial
{
    /// <summary>Units of the subtree.</summary>
    [Id(0)] public required int Expected { get; init; }

    /// <summary>Those that have filed: the check was tried on each.</summary>
    [Id(1)] public required int Submitted { get; init; }

    /// <summary>Those in whose figures it found something.</summary>
    [Id(2)] public required int Found { get; init; }

    /// <summary>The first of them, in the order of the tree.</summary>
    [Id(3)] public required ImmutableArray<TriedUnit> Units { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.TriedUnit")]
public sealed record TriedUnit(
    [property: Id(0)] string Unit, [property: Id(1)] string UnitName, [property: Id(2)] long Revision, [property: Id(3)] CheckFinding Finding);
