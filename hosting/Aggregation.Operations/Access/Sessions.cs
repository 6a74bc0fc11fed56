using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aggregation.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Aggregation.Operations.Access;

/// <summary>Who is signed in. Held by the hash of a random token, which only the browser has; a restart forgets all.</summary>
internal sealed class Sessions(IOptions<OpsOptions> options, TimeProvider time)
{
    /// <summary>Beyond it the oldest one ends.</summary>
    public const int Most = 64;

    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly List<Session> _sessions = [];

    /// <returns>The token, for the browser alone.</returns>
    public string Begin(IOperatorGrant grant)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            _sessions.RemoveAll(IsOver);
            if (_sessions.Count == Most)
            {
                _sessions.RemoveAt(0);
            }

            _sessions.Add(new Session(HashOf(token), grant, time.GetTimestamp()));
        }

        return token;
    }

    /// <summary>Whether the token is of a session that lasts, and its key still in force.</summary>
    public async ValueTask<bool> IsOpenAsync(string token) => Find(token) is { } session && await session.Grant.IsInForceAsync();

    public void End(string token)
    {
        if (Find(token) is { } session)
        {
            lock (_gate)
            {
                _sessions.Remove(session);
            }
        }
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private Session? Find(string token)
    {
        var hash = HashOf(token);
        Session? found = null;
        lock (_gate)
        {
            // Every one is compared, each in the same time.
            foreach (var session in _sessions)
            {
                if (CryptographicOperations.FixedTimeEquals(session.TokenHash, hash) && !IsOver(session))
                {
                    found = session;
                }
            }
        }

        return found;
    }

    private bool IsOver(Session session) => time.GetElapsedTime(session.BeganAt) >= options.Value.SessionTime;

    private sealed record Session(byte[] TokenHash, IOperatorGrant Grant, long BeganAt);
}
