using System.Collections.Immutable;

namespace Aggregation.Contracts.Publications;

[GenerateSerializer, Alias("aggregation.CompletionState")]
public enum CompletionState
{
    /// <summary>已上报: waits for the level above.</summary>
    Reported,

    /// <summary>已审</summary>
    Accepted,

    /// <summary>已退回</summary>
    Returned,

    /// <summary>审后有变: accepted, but the total is not what was accepted any more.</summary>
    DiffersSince,

    /// <summary>锁定中: accepted, and not all that it counts is locked yet.</summary>
    Accepting,
}

/// <summary>上报: an office's word, by a publication of its accepted total, that its part is done.</summary>
/// <param name="Text">What the head of the office stated.</param>
/// <param name="Decision">The level above's; null while it waits.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CompletionView")]
public sealed record CompletionView(
    [property: Id(0)] CompletionState State, [property: Id(1)] string Text, [property: Id(2)] CompletionDecision? Decision)
{
    /// <summary>Acceptance locks what the completion counts.</summary>
    [Id(3)] public bool IsLocking { get; init; }

    /// <summary>How many units' locks are missing while <see cref="CompletionState.Accepting"/>.</summary>
    [Id(4)] public int Unlocked { get; init; }

    /// <summary>The cells in which the total differs since, in the form's order; none for a caller who may not read it.</summary>
    [Id(5)] public ImmutableArray<CellDifference> Differences { get; init; } = [];
}

/// <summary>What the level above made of a completion.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CompletionDecision")]
public sealed record CompletionDecision(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] string Actor, [property: Id(2)] string Text);

/// <summary>Accepts or returns an office's completion, bound to what was looked at.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.DecideCompletionCommand")]
public sealed record DecideCompletionCommand
{
    /// <summary>Unique within (tenant, unit), 1–64 characters: the same id again is the same decision.</summary>
    [Id(0)] public required string RequestId { get; init; }

    /// <summary>Of the publication that reported the completion.</summary>
    [Id(1)] public required long Number { get; init; }

    /// <summary>Of that publication, 64 hexadecimal digits.</summary>
    [Id(2)] public required string Hash { get; init; }

    /// <summary>False: returned.</summary>
    [Id(3)] public required bool Accept { get; init; }

    /// <summary>Why it is returned, 1–2000 characters; else a comment, which may be empty.</summary>
    [Id(4)] public string Text { get; init; } = "";
}
