using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aggregation.Gateway.Limits;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Authentication;

/// <summary>
/// Answers about credentials, good and bad, each for a short time and never more than a fixed number. Keyed by a hash, so
/// that no secret stays in memory, and by the address that it is shown from.
/// </summary>
internal sealed class CredentialCache(IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Digest, string), Credential> credentials = new();
    private readonly int most = options.Value.CredentialCacheSize;
    private readonly TimeSpan age = options.Value.CredentialCacheTime;

    /// <summary>How long the answer is still to be believed; not longer than 0 when it must be asked for again.</summary>
    public TimeSpan Left(Credential credential) => age - time.GetElapsedTime(credential.AskedAt);

    public bool TryGet(string authorization, string address, [NotNullWhen(true)] out Credential? credential) =>
        credentials.TryGetValue((Digest.Of(authorization), address), out credential) && Left(credential) > TimeSpan.Zero;

    public void Add(string authorization, Credential credential)
    {
        if (credentials.Count >= most)
        {
            MakeRoom();
        }

        credentials[(Digest.Of(authorization), credential.Address)] = credential;
    }

    /// <summary>Drops what is out of date, then what was refused, then everything: a dropped answer only costs a question.</summary>
    private void MakeRoom()
    {
        Drop(credential => Left(credential) <= TimeSpan.Zero);
        if (credentials.Count >= most)
        {
            Drop(static credential => credential.Caller is null);
        }

        if (credentials.Count >= most)
        {
            credentials.Clear();
        }
    }

    private void Drop(Predicate<Credential> condition)
    {
        foreach (var (key, credential) in credentials)
        {
            if (condition(credential))
            {
                credentials.TryRemove(key, out _);
            }
        }
    }

    private readonly record struct Digest(long A, long B, long C, long D)
    {
        public static Digest Of(string text)
        {
            Span<long> hash = stackalloc long[SHA256.HashSizeInBytes / sizeof(long)];
            SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(hash));
            return new Digest(hash[0], hash[1], hash[2], hash[3]);
        }
    }
}
