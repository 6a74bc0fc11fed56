using System.Collections.Immutable;

namespace Aggregation.Contracts;

/// <summary>Why a request was refused, as a class of errors; the gateway maps each to one gRPC status.</summary>
[GenerateSerializer, Alias("aggregation.RefusalKind")]
public enum RefusalKind
{
    /// <summary>The request itself is wrong; the violations name each field.</summary>
    Invalid,

    /// <summary>What was asked for is not there, or the caller may not know that it is.</summary>
    NotFound,

    /// <summary>The credential does not carry the right.</summary>
    Forbidden,

    /// <summary>The same request id was used before with other content, or a name is taken.</summary>
    AlreadyExists,

    /// <summary>The expected revision is not the current one.</summary>
    Stale,

    /// <summary>The state of the ledger or tenant does not allow it now.</summary>
    FailedPrecondition,

    /// <summary>A limit on size or rate is exceeded.</summary>
    TooMuch,

    /// <summary>Storage or a ledger cannot answer now; nothing was applied; try again.</summary>
    Unavailable,
}

/// <summary>One broken rule.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Violation")]
public sealed record Violation
{
    /// <summary>The field, such as <c>cells[3.1]</c>, <c>period</c>, <c>csv[12].parent</c>.</summary>
    [Id(0)] public required string Field { get; init; }

    /// <summary>What was given, as text; empty when nothing was.</summary>
    [Id(1)] public string Value { get; init; } = "";

    /// <summary>The rule, such as <c>[3.1] = [3.1.1] + [3.1.2]</c>, or the identifier of a check.</summary>
    [Id(2)] public string Rule { get; init; } = "";

    [Id(3)] public string MessageZh { get; init; } = "";

    [Id(4)] public required string MessageEn { get; init; }
}

/// <summary>Thrown by a grain that refuses a request. Expected, so never logged as an error.</summary>
[GenerateSerializer, Alias("aggregation.RefusedException")]
public sealed class RefusedException(RefusalKind kind, string message, ImmutableArray<Violation> violations = default)
    : Exception(message)
{
    [Id(0)] public RefusalKind Kind { get; init; } = kind;

    [Id(1)] public ImmutableArray<Violation> Violations { get; init; } = violations.IsDefault ? [] : violations;

    /// <summary>The grain has answered; false where it could not, and the same question may have another answer soon.</summary>
    public bool IsAnswer => Kind != RefusalKind.Unavailable;

    /// <summary>The current revision, when <see cref="Kind"/> is <see cref="RefusalKind.Stale"/>.</summary>
    [Id(2)] public long CurrentRevision { get; init; }
}
