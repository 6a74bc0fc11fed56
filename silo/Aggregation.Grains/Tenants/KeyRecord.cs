using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <summary>A key as it is kept: what may be shown, and the hash of its secret.</summary>
internal sealed record KeyRecord(KeyView View, string SecretHash)
{
    public static KeyRecord Read(KeyCreatedEntry entry, DateTimeOffset at) => new(
        new KeyView
        {
            KeyId = entry.KeyId,
            Label = entry.Label,
            Submit = Read(entry.Submit),
            Read = Read(entry.Read),
            Review = Read(entry.Review),
            IsAdministrator = entry.Administrator,
            User = entry.User,
            CreatedAt = at,
            ExpiresAt = entry.ExpiresAtUnixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(entry.ExpiresAtUnixMs),
        },
        entry.SecretHash);

    /// <summary>Whether the key is good at a time, whoever holds it.</summary>
    public bool IsOpen(DateTimeOffset now) => View.RevokedAt is null && !(View.ExpiresAt <= now);

    /// <summary>Whether the secret with this hash opens the key. Takes the same time whatever is wrong with the hash.</summary>
    public bool Opens(string secretHash, DateTimeOffset now) => IsOpen(now)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(SecretHash), Encoding.UTF8.GetBytes(secretHash));

    private static Subtree? Read(SubtreeEntry? entry) =>
        entry is null ? null : new Subtree(entry.Tree, entry.Unit) { UnitOnly = entry.UnitOnly };
}
