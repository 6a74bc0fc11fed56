namespace Aggregation.Contracts.Tenants;

[GenerateSerializer, Immutable, Alias("aggregation.CreateKeyCommand")]
public sealed record CreateKeyCommand
{
    /// <summary>What the key is for, as its owner will recognise it, 1–100 characters.</summary>
    [Id(0)] public required string Label { get; init; }

    [Id(1)] public Subtree? Submit { get; init; }

    [Id(2)] public Subtree? Read { get; init; }

    [Id(3)] public bool IsAdministrator { get; init; }

    [Id(4)] public Subtree? Review { get; init; }

    /// <summary>The user or service whose key it is: an identifier of the alphabet of codes, no name of a person. Empty: nobody's in particular.</summary>
    [Id(5)] public string User { get; init; } = "";

    /// <summary>From when on it opens nothing, in the future; null: never.</summary>
    [Id(6)] public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A new key with the rights and the owner of an old one, which goes on for a while.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RotateKeyCommand")]
public sealed record RotateKeyCommand
{
    /// <summary>Longest time that a replaced key goes on.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(90);

    [Id(0)] public required string KeyId { get; init; }

    /// <summary>How long the old key still opens, 0 to <see cref="MaxOverlap"/>; never longer than it would have.</summary>
    [Id(1)] public required TimeSpan Overlap { get; init; }

    /// <summary>When the new one expires; null: as long after its creation as the old one did after its own, or never.</summary>
    [Id(2)] public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Key">What is known of the key from now on.</param>
/// <param name="Text">The bearer credential <c>agk_tenant_keyid_secret</c>, shown this once; only its hash is kept.</param>
[GenerateSerializer, Immutable, Alias("aggregation.KeyCreated")]
public sealed record KeyCreated([property: Id(0)] KeyView Key, [property: Id(1)] string Text);

[GenerateSerializer, Immutable, Alias("aggregation.KeyView")]
public sealed record KeyView
{
    [Id(0)] public required string KeyId { get; init; }

    [Id(1)] public required string Label { get; init; }

    [Id(2)] public Subtree? Submit { get; init; }

    [Id(3)] public Subtree? Read { get; init; }

    [Id(4)] public bool IsAdministrator { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public DateTimeOffset? RevokedAt { get; init; }

    [Id(7)] public Subtree? Review { get; init; }

    [Id(8)] public string User { get; init; } = "";

    /// <summary>From when on it opens nothing; null: never.</summary>
    [Id(9)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of the key that took its place; empty while none has.</summary>
    [Id(10)] public string ReplacedBy { get; init; } = "";

    /// <summary>
    /// When it last opened something, to the gateway's credential cache; after a restart the time that was recorded last, up to
    /// a day earlier. Null: never.
    /// </summary>
    [Id(11)] public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A user or service, as its keys and tokens tell it.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.UserView")]
public sealed record UserView
{
    [Id(0)] public required string User { get; init; }

    /// <summary>Keys that open something now; 0 while the user is disabled.</summary>
    [Id(1)] public required int OpenKeys { get; init; }

    /// <summary>By any key or token; null: never.</summary>
    [Id(2)] public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Since when no key and no token of the user opens anything; null: they do.</summary>
    [Id(3)] public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>Somebody whose token says so, for the tenant to admit or not.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TokenUser")]
public sealed record TokenUser
{
    [Id(0)] public required string User { get; init; }

    [Id(1)] public Subtree? Submit { get; init; }

    [Id(2)] public Subtree? Read { get; init; }

    [Id(3)] public Subtree? Review { get; init; }

    [Id(4)] public bool IsAdministrator { get; init; }
}
