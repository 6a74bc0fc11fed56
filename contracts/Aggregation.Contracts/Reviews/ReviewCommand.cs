using System.Collections.Immutable;

namespace Aggregation.Contracts.Reviews;

/// <summary>What is done to a unit's report once it is filed.</summary>
[GenerateSerializer, Alias("aggregation.ReviewAct")]
public enum ReviewAct
{
    /// <summary>审核通过, by the level above: the revision counts in the accepted layer.</summary>
    Accept,

    /// <summary>退回, by the level above, with reasons: the revision counts no more.</summary>
    Return,

    /// <summary>重新开放, by the level above, with a reason: what was accepted is accepted no more, and a lock is lifted.</summary>
    Reopen,

    /// <summary>锁定, by the level above: nothing is filed or withdrawn until it is reopened.</summary>
    Lock,

    /// <summary>签署, by the unit: its head stands for the revision.</summary>
    Sign,
}

/// <summary>One act of a review. It is bound to what was looked at: an edit in between makes it stale.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ReviewCommand")]
public sealed record ReviewCommand
{
    /// <summary>Unique within (tenant, unit), 1–64 characters: the same id again is the same act.</summary>
    [Id(0)] public required string RequestId { get; init; }

    [Id(1)] public required ReviewAct Act { get; init; }

    /// <summary>The revision that was looked at; 0 for <see cref="ReviewAct.Reopen"/> and <see cref="ReviewAct.Lock"/>.</summary>
    [Id(2)] public long Revision { get; init; }

    /// <summary>The hash on that revision's receipt, 64 hexadecimal digits; empty where <see cref="Revision"/> is 0.</summary>
    [Id(3)] public string Hash { get; init; } = "";

    /// <summary>
    /// Why a report is returned or reopened, 1–2000 characters; a comment, or what the signer states, up to 2000, which may
    /// be empty.
    /// </summary>
    [Id(4)] public string Text { get; init; } = "";

    /// <summary>What is wrong with single cells of a report that is returned.</summary>
    [Id(5)] public ImmutableArray<CellRemark> Cells { get; init; } = [];
}

/// <summary>What the reviewer has to say of one cell, 1–2000 characters.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CellRemark")]
public sealed record CellRemark([property: Id(0)] string Cell, [property: Id(1)] string Text);

/// <summary>An act of a review as it is journaled.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ReviewDecision")]
public sealed record ReviewDecision
{
    [Id(0)] public required ReviewAct Act { get; init; }

    /// <summary>Its number in the ledger's stream, in one sequence with the revisions.</summary>
    [Id(1)] public required long Number { get; init; }

    [Id(2)] public required DateTimeOffset At { get; init; }

    /// <summary>Identifier of the key on whose behalf it was done.</summary>
    [Id(3)] public required string Actor { get; init; }

    [Id(4)] public string Text { get; init; } = "";

    [Id(5)] public ImmutableArray<CellRemark> Cells { get; init; } = [];
}
