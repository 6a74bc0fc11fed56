using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Keys of one tenant, or of the platform.</summary>
internal sealed class FakeKeys(string tenant)
{
    private readonly ConcurrentDictionary<(string KeyId, string SecretHash), Caller> keys = new();
    private int issued;
    private int asked;

    /// <summary>How often somebody asked whom a key stands for.</summary>
    public int Asked => asked;

    /// <summary>Makes a key, with every role in the tenant unless told otherwise, and returns its text.</summary>
    public string Issue(Func<Caller, Caller>? rights = null)
    {
        var keyId = Interlocked.Increment(ref issued).ToString("x12", CultureInfo.InvariantCulture);
        var secret = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant + keyId)));
        var all = new Subtree(Names.Territory, Subtree.Everything);
        var caller = new Caller { Tenant = tenant, KeyId = keyId, Submit = all, Read = all, Review = all, IsAdministrator = true };
        keys[(keyId, HashOf(secret))] = rights is null ? caller : rights(caller);
        return $"agk_{tenant}_{keyId}_{secret}";
    }

    public void Revoke(string text)
    {
        var parts = text.Split('_');
        keys.TryRemove((parts[2], HashOf(parts[3])), out _);
    }

    public Task<Caller?> Authenticate(string keyId, string secretHash)
    {
        Interlocked.Increment(ref asked);
        return Task.FromResult(keys.GetValueOrDefault((keyId, secretHash)));
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
