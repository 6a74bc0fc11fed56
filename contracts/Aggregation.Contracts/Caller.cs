namespace Aggregation.Contracts;

/// <summary>
/// Who calls: made by the gateway from a credential and from nothing else. Every call that a user can cause carries it,
/// and the grain that serves the call decides by it.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.Caller")]
public sealed record Caller
{
    [Id(0)] public required string Tenant { get; init; }

    /// <summary>Identifier of the key that was shown, or of the token's user; the journal names it as the actor.</summary>
    [Id(1)] public required string KeyId { get; init; }

    /// <summary>填报人 submitter: may submit for these units; null: may not submit.</summary>
    [Id(2)] public Subtree? Submit { get; init; }

    /// <summary>Viewer: may read these units, their submissions and their totals; null: may not.</summary>
    [Id(3)] public Subtree? Read { get; init; }

    /// <summary>Tenant administrator: structure, settings and keys of its own tenant. Holds no right to any figure by that.</summary>
    [Id(4)] public bool IsAdministrator { get; init; }

    /// <summary>Platform operator: may create tenants; holds no right inside any of them.</summary>
    [Id(5)] public bool IsPlatform { get; init; }

    /// <summary>
    /// 审核人 reviewer: may review, and read, what is filed by the units strictly below this one (with
    /// <see cref="Subtree.UnitOnly"/>: by its children only); null: may not review.
    /// </summary>
    [Id(6)] public Subtree? Review { get; init; }

    /// <summary>The user or service that the credential belongs to; empty for keys that name none.</summary>
    [Id(7)] public string User { get; init; } = "";

    /// <summary>
    /// Stands for the address that the call came from: the journal has this number, and an erasable table the address. 0: not known.
    /// </summary>
    [Id(8)] public long Origin { get; init; }
}

/// <summary>A unit and everything under it in one tree.</summary>
/// <param name="Tree">The tree, such as <c>territory</c>.</param>
/// <param name="Unit">The topmost unit, or <c>*</c> for the whole tree.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Subtree")]
public sealed record Subtree([property: Id(0)] string Tree, [property: Id(1)] string Unit)
{
    public const string Everything = "*";

    /// <summary>Not what is under the unit, only the unit itself. Without meaning where <see cref="Unit"/> is <c>*</c>.</summary>
    [Id(2)] public bool UnitOnly { get; init; }
}
