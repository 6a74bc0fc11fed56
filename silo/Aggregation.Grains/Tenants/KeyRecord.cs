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
            IsAdministrator = entry.Administrator,
            CreatedAt = at,
        },
        entry.SecretHash);

    /// <summary>Whether the secret with this hash opens the key. Takes the same time whatever is wrong with the hash.</summary>
    public bool Opens(string secretHash) => View.RevokedAt is null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(SecretHash), Encoding.UTF8.GetBytes(secretHash));

    private static Subtree? Read(SubtreeEntry? entry) => entry is null ? null : new Subtree(entry.Tree, entry.Unit);
}

/// <summary>A key about to be made; its text exists here and in the answer to its maker, nowhere else.</summary>
internal sealed record NewKey(KeyCreatedEntry Entry, string Text)
{
    /// <summary>12 hexadecimal digits name a key; 32 random bytes open it.</summary>
    public static NewKey Create(string tenant, CreateKeyCommand command)
    {
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var entry = new KeyCreatedEntry
        {
            KeyId = RandomNumberGenerator.GetHexString(12, lowercase: true),
            SecretHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
            Label = command.Label,
            Submit = Write(command.Submit),
            Read = Write(command.Read),
            Administrator = command.IsAdministrator,
        };
        return new NewKey(entry, $"agk_{tenant}_{entry.KeyId}_{secret}");
    }

    /// <param name="tenant">The tenant with the key in it, so that the answer says what later listings say.</param>
    public KeyCreated Created(TenantState tenant) => new(tenant.Keys[Entry.KeyId].View, Text);

    private static SubtreeEntry? Write(Subtree? subtree) =>
        subtree is null ? null : new SubtreeEntry { Tree = subtree.Tree, Unit = subtree.Unit };
}
