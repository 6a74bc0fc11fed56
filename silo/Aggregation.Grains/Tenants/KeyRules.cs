using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <summary>What a request about keys must obey.</summary>
internal static class KeyRules
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(36_500);

    public static void RequireKey(CreateKeyCommand command, DateTimeOffset now)
    {
        TenantRules.RequireText("label", command.Label, 100);
        if (command.User.Length > 0)
        {
            RequireUser(command.User);
        }

        RequireFuture(command.ExpiresAt, now);
    }

    public static void RequireUser(string user)
    {
        if (!Names.IsCode(user))
        {
            throw Refuse.Invalid("user", user, "letters, digits, hyphens, dots; 1–64",
                "用户标识由字母、数字、连字符和点组成，有 1 至 64 个字符，首字符为字母或数字",
                "has 1 to 64 letters, digits, hyphens and dots, the first a letter or digit");
        }
    }

    /// <param name="tenant">Whose keys they are.</param>
    /// <param name="keys">The keys by now.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="now">The time by which it is decided.</param>
    /// <param name="administers">Which keys administer; see <see cref="RequireLasting"/>.</param>
    public static (NewKey Key, KeyRotatedEntry Entry) Rotate(
        string tenant, KeyBook keys, RotateKeyCommand command, DateTimeOffset now, Func<KeyView, bool> administers)
    {
        var old = keys.Find(command.KeyId);
        if (command.Overlap < TimeSpan.Zero || command.Overlap > RotateKeyCommand.MaxOverlap)
        {
            throw Refuse.Invalid("overlap", command.Overlap.ToString("c", CultureInfo.InvariantCulture), $"0–{RotateKeyCommand.MaxOverlap.Days} d",
                $"新旧密钥并用不得超过 {RotateKeyCommand.MaxOverlap.Days} 天", $"is from 0 to {RotateKeyCommand.MaxOverlap.Days} days");
        }

        RequireFuture(command.ExpiresAt, now);
        if (!old.IsOpen(now) || old.View.ReplacedBy.Length > 0)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition, $"Key '{command.KeyId}' is revoked, expired or replaced already; create a new one.");
        }

        var key = NewKey.Replace(tenant, old.View, command, now);
        if (key.Entry.ExpiresAtUnixMs != 0)
        {
            RequireLasting(keys, now, administers, view => view.KeyId == command.KeyId);
        }

        var end = now + command.Overlap;
        return (key, new KeyRotatedEntry
        {
            Key = key.Entry,
            Replaces = command.KeyId,
            ReplacedExpiresAtUnixMs = (old.View.ExpiresAt < end ? old.View.ExpiresAt.Value : end).ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>
    /// Whoever has no administrator's key left could never be administered again. So one must stay that never expires.
    /// </summary>
    /// <param name="keys">The keys by now.</param>
    /// <param name="now">The time by which it is decided.</param>
    /// <param name="administers">Which keys administer.</param>
    /// <param name="goes">Which keys will open nothing any more.</param>
    public static void RequireLasting(KeyBook keys, DateTimeOffset now, Func<KeyView, bool> administers, Func<KeyView, bool> goes)
    {
        var lasting = keys.Keys.Values
            .Where(key => administers(key.View) && keys.IsOpen(key, now) && key.View.ExpiresAt is null)
            .Select(static key => key.View).ToList();
        if (lasting.Count > 0 && lasting.All(goes))
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"Key '{lasting[0].KeyId}' is the last administrator's that does not expire; create another first.");
        }
    }

    private static void RequireFuture(DateTimeOffset? expiry, DateTimeOffset now)
    {
        if (expiry <= now || expiry > now + LongestLife)
        {
            throw Refuse.Invalid("expires_at", expiry.Value.ToString("u", CultureInfo.InvariantCulture), $"{now:u}–{now + LongestLife:u}",
                "失效时间应在将来，且不超过一百年", "is in the future, and not more than a hundred years away");
        }
    }
}
