using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Tests;

/// <summary>What an append must come to, in memory and in order.</summary>
internal sealed class JournalOracle
{
    private readonly Dictionary<(string Tenant, string Stream), List<NewEntry>> streams = [];
    private readonly Dictionary<(string Tenant, string Unit, string Request), NewEntry> requests = [];

    public IEnumerable<((string Tenant, string Stream) Key, List<NewEntry> Entries)> Streams =>
        streams.Select(pair => (pair.Key, pair.Value));

    public NewEntry? Head(string tenant, string stream) => streams.GetValueOrDefault((tenant, stream))?[^1];

    public (AppendResult Result, NewEntry Entry) Append(NewEntry entry)
    {
        if (entry.RequestId is { } request && requests.TryGetValue((entry.Tenant, entry.Unit, request), out var earlier))
        {
            var same = earlier.RequestHash.Span.SequenceEqual(entry.RequestHash.Span);
            return (same ? AppendResult.Repeated : AppendResult.RequestIdReused, earlier);
        }

        if (Head(entry.Tenant, entry.Stream) is { } head
            && (entry.Version != head.Version + 1 || !entry.PreviousHash.Span.SequenceEqual(head.Hash.Span)))
        {
            return (AppendResult.VersionTaken, head);
        }

        if (!streams.TryGetValue((entry.Tenant, entry.Stream), out var stream))
        {
            streams.Add((entry.Tenant, entry.Stream), stream = []);
        }

        stream.Add(entry);
        if (entry.RequestId is { } id)
        {
            requests.Add((entry.Tenant, entry.Unit, id), entry);
        }

        return (AppendResult.Appended, entry);
    }
}
