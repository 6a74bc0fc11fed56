using Aggregation.Contracts;
using Aggregation.Domain.Chains;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tenants;

/// <summary>Appends decisions, which no request id guards, to a tenant's or the platform's stream.</summary>
internal static class DecisionStream
{
    /// <returns>The entry as stored.</returns>
    /// <exception cref="RefusedException">Somebody else appended first; nothing was decided.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot answer; nothing was decided.</exception>
    public static async Task<StoredEntry> AppendAsync(
        this IJournal journal, string tenant, string stream, long head, ReadOnlyMemory<byte> headHash,
        string kind, IMessage payload, string actor, DateTimeOffset at, long origin = 0)
    {
        var entry = new NewEntry
        {
            Tenant = tenant,
            Stream = stream,
            Version = head + 1,
            Kind = kind,
            At = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Actor = actor,
            Payload = payload.ToByteArray(),
            PreviousHash = headHash,
            Origin = origin,
        };
        var outcome = await journal.AppendAsync(entry with { Hash = EntryHash.Of(entry) });
        return outcome.Result == AppendResult.Appended
            ? outcome.Entry
            : throw Refuse.Unavailable($"Another decision on '{tenant}' came first; try again.");
    }
}
