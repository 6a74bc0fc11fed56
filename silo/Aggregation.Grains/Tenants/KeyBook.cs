using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>The keys and the disabled users of a tenant, or of the platform: the fold of the entries about them. Immutable.</summary>
internal sealed record KeyBook
{
    public static KeyBook Empty { get; } = new();

    public ImmutableDictionary<string, KeyRecord> Keys { get; private init; } = ImmutableDictionary<string, KeyRecord>.Empty;

    /// <summary>Since when, by user.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Disabled { get; private init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>The book after an entry; null where the entry is about something else.</summary>
    public KeyBook? Apply(StoredEntry entry) => entry.Kind switch
    {
        EntryKinds.KeyCreated => With(KeyCreatedEntry.Parser.ParseFrom(entry.Payload.Span), entry.At),
        EntryKinds.KeyRotated => Rotated(KeyRotatedEntry.Parser.ParseFrom(entry.Payload.Span), entry.At),
        EntryKinds.KeyRevoked => Change(
            KeyRevokedEntry.Parser.ParseFrom(entry.Payload.Span).KeyId, view => view with { RevokedAt = entry.At }),
        EntryKinds.UserDisabled => this with
        {
            Disabled = Disabled.SetItem(UserEntry.Parser.ParseFrom(entry.Payload.Span).User, entry.At),
        },
        EntryKinds.UserEnabled => this with { Disabled = Disabled.Remove(UserEntry.Parser.ParseFrom(entry.Payload.Span).User) },
        _ => null,
    };

    public KeyBook With(KeyCreatedEntry entry, DateTimeOffset at) =>
        this with { Keys = Keys.SetItem(entry.KeyId, KeyRecord.Read(entry, at)) };

    /// <summary>The key that a secret opens now; null where it opens none.</summary>
    public KeyView? Open(string keyId, string secretHash, DateTimeOffset now) =>
        Keys.TryGetValue(keyId, out var key) && key.Opens(secretHash, now) && !Disabled.ContainsKey(key.View.User) ? key.View : null;

    /// <summary>Whether the key is good now and its user not disabled.</summary>
    public bool IsOpen(KeyRecord key, DateTimeOffset now) => key.IsOpen(now) && !Disabled.ContainsKey(key.View.User);

    /// <summary>Whether an entry's actor is the caller: by the same key, by one in its place, or as the same user.</summary>
    public bool IsSame(string actor, Caller caller) =>
        actor == caller.KeyId
        || (caller.User.Length > 0 && caller.User == UserOf(actor))
        || LeadsTo(actor, caller.KeyId) || LeadsTo(caller.KeyId, actor);

    /// <exception cref="RefusedException">There is no such key.</exception>
    public KeyRecord Find(string keyId) => Keys.TryGetValue(keyId, out var key) ? key : throw Refuse.NotFound("key", keyId);

    /// <summary>In the order in which they were made.</summary>
    public ImmutableArray<KeyView> List(KeyUse use) =>
    [
        .. Keys.Values.Select(key => key.View with { LastUsedAt = use.LastUsed(key.View.KeyId) })
            .OrderBy(view => view.CreatedAt).ThenBy(view => view.KeyId, StringComparer.Ordinal),
    ];

    private string UserOf(string actor) => Keys.TryGetValue(actor, out var key) ? key.View.User : Names.UserOf(actor);

    /// <summary>Whether the key was replaced by the other, however many times.</summary>
    private bool LeadsTo(string keyId, string other)
    {
        while (Keys.TryGetValue(keyId, out var key) && key.View.ReplacedBy.Length > 0)
        {
            keyId = key.View.ReplacedBy;
            if (keyId == other)
            {
                return true;
            }
        }

        return false;
    }

    private KeyBook Rotated(KeyRotatedEntry entry, DateTimeOffset at) => With(entry.Key, at).Change(entry.Replaces, view => view with
    {
        ReplacedBy = entry.Key.KeyId,
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(entry.ReplacedExpiresAtUnixMs),
    });

    private KeyBook Change(string keyId, Func<KeyView, KeyView> change) => Keys.TryGetValue(keyId, out var key)
        ? this with { Keys = Keys.SetItem(keyId, key with { View = change(key.View) }) }
        : this;
}
