namespace Aggregation.Contracts;

/// <summary>
/// Who calls: made by the gateway from a credential and from nothing else. Every call that a user can cause carries it,
/// and the grain that serves the call decides by it.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.Caller")]
public sealed record Caller
{
    [Id(0)] public required string Tenant { get; init; }

    /// <summary>Identifier of the key that was shown; the journal names it as the actor.</summary>
    [Id(1)] public required string KeyId { get; init; }

    /// <summary>May submit for this unit and every unit under it; null: may not submit.</summary>
    [Id(2)] public Subtree? Submit { get; init; }

    /// <summary>May read this unit and every unit under it; null: may not read.</summary>
    [Id(3)] public Subtree? Read { get; init; }

    /// <summary>May import units, change settings and manage the keys of its own tenant.</summary>
    [Id(4)] public bool IsAdministrator { get; init; }

    /// <summary>May create tenants; holds no right inside any of them.</summary>
    [Id(5)] public bool IsPlatform { get; init; }
}

/// <summary>A unit and everything under it in one tree.</summary>
/// <param name="Tree">The tree, such as <c>territory</c>.</param>
/// <param name="Unit">The topmost unit, or <c>*</c> for the whole tree.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Subtree")]
public sealed record Subtree([property: Id(0)] string Tree, [property: Id(1)] string Unit)
{
    public const string Everything = "*";
}
