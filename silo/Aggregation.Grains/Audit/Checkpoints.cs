using Aggregation.Grains.Entries;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Audit;

/// <summary>
/// A tenant's checkpoints: entries of a stream of its own that record the last entry of every other stream. A hash chain shows
/// a change within a stream; that its end was cut off shows only by a record of where it ended. Each checkpoint records what
/// has changed since the one before, so that all of them together record every stream.
/// </summary>
internal sealed class Checkpoints(IJournal journal, TimeProvider clock)
{
    public const string Stream = "checkpoints";

    /// <summary>More heads than this make several entries.</summary>
    private const int MostHeads = 20_000;

    private readonly Dictionary<string, long> _recordedThrough = new(StringComparer.Ordinal);

    /// <summary>The last entry of each stream by all checkpoints together.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<Dictionary<string, StreamHead>> ReadAsync(
        IJournal journal, string tenant, CancellationToken cancellation)
    {
        var heads = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        foreach (var entry in await journal.ReadStreamAsync(tenant, Stream, 0, cancellation))
        {
            foreach (var head in CheckpointEntry.Parser.ParseFrom(entry.Payload.Span).Heads)
            {
                heads[head.Stream] = new StreamHead(head.Stream, head.Version, head.Hash.Memory);
            }
        }

        return heads;
    }

    /// <summary>Records what has changed since the last checkpoint; nothing where nothing has. One call at a time.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    /// <exception cref="Contracts.RefusedException">Another silo wrote one at the same time: the next call records the rest.</exception>
    public async Task WriteAsync(string tenant, CancellationToken cancellation)
    {
        var through = await journal.ReadPositionAsync(cancellation);
        var isFirst = !_recordedThrough.TryGetValue(tenant, out var after);
        var heads = await journal.ReadHeadsAsync(tenant, after, through, cancellation);

        // The first one of this process cannot know how far the last one before it had looked.
        var recorded = isFirst ? await ReadAsync(journal, tenant, cancellation) : [];
        var changed = heads
            .Where(head => IsRecorded(head.Stream) && !(recorded.TryGetValue(head.Stream, out var known) && known.Version >= head.Version))
            .OrderBy(head => head.Stream, StringComparer.Ordinal);
        foreach (var some in changed.Chunk(MostHeads))
        {
            await AppendAsync(tenant, some, cancellation);
        }

        _recordedThrough[tenant] = through;
    }

    /// <summary>
    /// Checkpoints go with the tenant into other journals, and what is not exported must not be missed there.
    /// </summary>
    private static bool IsRecorded(string stream) => stream is not (Stream or ImportRecord.Stream);

    private async Task AppendAsync(string tenant, StreamHead[] heads, CancellationToken cancellation)
    {
        var entry = new CheckpointEntry();
        entry.Heads.AddRange(heads.Select(head => new RecordedHead
        {
            Stream = head.Stream,
            Version = head.Version,
            Hash = ByteString.CopyFrom(head.Hash.Span),
        }));
        var earlier = await journal.ReadStreamAsync(tenant, Stream, 0, cancellation);
        var (version, hash) = earlier.Count == 0 ? (0, default) : (earlier[^1].Version, earlier[^1].Hash);
        await journal.AppendAsync(tenant, Stream, version, hash, EntryKinds.Checkpoint, entry, "silo", clock.GetUtcNow());
    }
}
