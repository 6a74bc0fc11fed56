using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Contracts.Publications;

/// <summary>Which publication to compare, and which of the submissions that differ to name.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RestatementQuery")]
public sealed record RestatementQuery
{
    /// <summary>Most submissions in one answer.</summary>
    public const int MostSubmissions = 10_000;

    /// <summary>Null: the latest.</summary>
    [Id(0)] public long? Number { get; init; }

    /// <summary>How many submissions to name, 1 to <see cref="MostSubmissions"/>.</summary>
    [Id(1)] public int Limit { get; init; } = 1000;

    /// <summary>Only those of units after this one, in ordinal order of codes; empty: from the first.</summary>
    [Id(2)] public string AfterUnit { get; init; } = "";
}

/// <summary>重述: what has become of a published total.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RestatementView")]
public sealed record RestatementView
{
    [Id(0)] public required PublicationView Publication { get; init; }

    [Id(1)] public required TotalView Published { get; init; }

    /// <summary>As the journal has it at the position in <see cref="TotalView.AsOf"/>.</summary>
    [Id(2)] public required TotalView Current { get; init; }

    /// <summary>The cells that differ, in the form's order.</summary>
    [Id(3)] public required ImmutableArray<CellDifference> Cells { get; init; }

    /// <summary>How many submissions differ in all.</summary>
    [Id(4)] public required int ChangedSubmissions { get; init; }

    /// <summary>Those asked for, in ordinal order of their units.</summary>
    [Id(5)] public required ImmutableArray<ChangedSubmission> Submissions { get; init; }
}

/// <summary>A cell that has another sum, or the same sum from another number of units. Null: empty, which is not zero.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CellDifference")]
public sealed record CellDifference(
    [property: Id(0)] string Cell, [property: Id(1)] CellTotal? Published, [property: Id(2)] CellTotal? Current);

/// <summary>A unit whose counting revision in the total is not the one that was published.</summary>
/// <param name="Unit">The unit that filed.</param>
/// <param name="UnitName">Its name in the present structure; empty where the tree does not have it any more.</param>
/// <param name="Then">What was published; null where nothing of the unit counted.</param>
/// <param name="Now">What counts now; null where nothing of the unit does, or it has left the total.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ChangedSubmission")]
public sealed record ChangedSubmission(
    [property: Id(0)] string Unit, [property: Id(1)] string UnitName,
    [property: Id(2)] CountedSubmission? Then, [property: Id(3)] CountedSubmission? Now);

/// <summary>A revision that counts or counted, and the hash on its receipt.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CountedSubmission")]
public sealed record CountedSubmission([property: Id(0)] SubmissionSource Source, [property: Id(1)] string Hash);
