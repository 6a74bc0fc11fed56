using System.Collections.Immutable;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;

namespace Aggregation.Contracts.Ledgers;

/// <summary>A unit's figures for one form and period, as a user sends them.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.SubmitCommand")]
public sealed record SubmitCommand
{
    /// <summary>Chosen by the sender, unique within (tenant, unit), 1–64 characters: the same id again is the same request.</summary>
    [Id(0)] public required string RequestId { get; init; }

    /// <summary>The revision this one replaces (0: none yet); null: whatever is current.</summary>
    [Id(1)] public long? ExpectedRevision { get; init; }

    [Id(2)] public ImmutableArray<CellFigure> Cells { get; init; } = [];

    /// <summary>零报告: there is nothing to report. Excludes cells.</summary>
    [Id(3)] public bool Nil { get; init; }

    /// <summary>情况说明 by check: lets a soft finding stand.</summary>
    [Id(4)] public ImmutableArray<Explanation> Explanations { get; init; } = [];

    /// <summary>Figures that the accompanying report's text states, to be compared with the table.</summary>
    [Id(5)] public ImmutableArray<CellFigure> Narrative { get; init; } = [];

    /// <summary>The filing date written on the form.</summary>
    [Id(6)] public DateOnly? FiledOn { get; init; }
}

/// <summary>情况说明: why a soft finding may stand.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Explanation")]
public sealed record Explanation([property: Id(0)] string CheckId, [property: Id(1)] string Text);

/// <summary>Takes the current submission back; a revision of its own, which holds no figures.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.WithdrawCommand")]
public sealed record WithdrawCommand
{
    [Id(0)] public required string RequestId { get; init; }

    [Id(1)] public long? ExpectedRevision { get; init; }

    [Id(2)] public string Reason { get; init; } = "";
}

/// <summary>Proof that a revision is on disk.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Receipt")]
public sealed record Receipt
{
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required string RequestId { get; init; }

    /// <summary>1 for the first; a withdrawal is a revision too, and acts of a review are numbered with them.</summary>
    [Id(2)] public required long Revision { get; init; }

    [Id(3)] public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of the journal entry, which chains to the one before, in lower-case hexadecimal.</summary>
    [Id(4)] public required string Hash { get; init; }

    /// <summary>The soft findings that stand, each with an explanation.</summary>
    [Id(5)] public ImmutableArray<CheckFinding> Findings { get; init; } = [];
}

/// <summary>A check that did not hold.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CheckFinding")]
public sealed record CheckFinding
{
    [Id(0)] public required string CheckId { get; init; }

    [Id(1)] public required Severity Severity { get; init; }

    /// <summary>Cell that the check is about.</summary>
    [Id(2)] public required string Cell { get; init; }

    [Id(3)] public required string Value { get; init; }

    [Id(4)] public required string Rule { get; init; }

    [Id(5)] public required string MessageZh { get; init; }

    [Id(6)] public required string MessageEn { get; init; }

    /// <summary>The explanation that lets it stand; empty when none was given.</summary>
    [Id(7)] public string Explanation { get; init; } = "";
}

[GenerateSerializer, Alias("aggregation.SubmissionState")]
public enum SubmissionState
{
    Submitted,
    Accepted,
    Withdrawn,
    Returned,
}

/// <summary>One revision as it was filed.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.SubmissionView")]
public sealed record SubmissionView
{
    [Id(0)] public required Receipt Receipt { get; init; }

    [Id(1)] public required SubmissionState State { get; init; }

    [Id(2)] public required bool Nil { get; init; }

    [Id(3)] public required ImmutableArray<CellFigure> Cells { get; init; }

    /// <summary>Identifier of the key that filed it.</summary>
    [Id(4)] public required string Actor { get; init; }

    [Id(5)] public DateOnly? FiledOn { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    [Id(6)] public string Reason { get; init; } = "";

    /// <summary>What was decided on this revision, oldest first.</summary>
    [Id(7)] public ImmutableArray<ReviewDecision> Decisions { get; init; } = [];
}
