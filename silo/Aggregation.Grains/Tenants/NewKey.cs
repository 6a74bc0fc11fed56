using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <summary>A key about to be made; its text exists here and in the answer to its maker, nowhere else.</summary>
internal sealed record NewKey(KeyCreatedEntry Entry, string Text)
{
    private const int IdLength = 12;
    private const int SecretLength = 64;

    /// <summary>12 hexadecimal digits name a key; 32 random bytes open it.</summary>
    public static NewKey Create(string tenant, CreateKeyCommand command) => Of(
        tenant, command, RandomNumberGenerator.GetHexString(IdLength, lowercase: true), RandomNumberGenerator.GetHexString(SecretLength, lowercase: true));

    /// <summary>The key that has this text; null where it is none of the tenant's.</summary>
    public static NewKey? Parse(string tenant, CreateKeyCommand command, string text) =>
        text.Split('_') is ["agk", var named, { Length: IdLength } id, { Length: SecretLength } secret]
        && named == tenant && id.All(char.IsAsciiHexDigitLower) && secret.All(char.IsAsciiHexDigitLower)
            ? Of(tenant, command, id, secret)
            : null;

    private static NewKey Of(string tenant, CreateKeyCommand command, string keyId, string secret)
    {
        var entry = new KeyCreatedEntry
        {
            KeyId = keyId,
            SecretHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))),
            Label = command.Label,
            Submit = Write(command.Submit),
            Read = Write(command.Read),
            Review = Write(command.Review),
            Administrator = command.IsAdministrator,
            User = command.User,
            ExpiresAtUnixMs = command.ExpiresAt?.ToUnixTimeMilliseconds() ?? 0,
        };
        return new NewKey(entry, $"agk_{tenant}_{entry.KeyId}_{secret}");
    }

    /// <summary>A key with the rights and owner of another, to take its place.</summary>
    public static NewKey Replace(string tenant, KeyView old, RotateKeyCommand command, DateTimeOffset now) => Create(tenant, new CreateKeyCommand
    {
        Label = old.Label,
        Submit = old.Submit,
        Read = old.Read,
        Review = old.Review,
        IsAdministrator = old.IsAdministrator,
        User = old.User,
        ExpiresAt = command.ExpiresAt ?? (old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null),
    });

    /// <param name="keys">The keys with this one among them, so that the answer says what later listings say.</param>
    public KeyCreated Created(KeyBook keys) => new(keys.Keys[Entry.KeyId].View, Text);

    private static SubtreeEntry? Write(Subtree? subtree) =>
        subtree is null ? null : new SubtreeEntry { Tree = subtree.Tree, Unit = subtree.Unit, UnitOnly = subtree.UnitOnly };
}
