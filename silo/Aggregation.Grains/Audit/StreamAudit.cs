using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Chains;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Audit;

/// <summary>
/// Reads a tenant's streams one after the other: each entry against the hash chain, each stream against the checkpoints, and
/// what each ledger counts against what follows from its entries.
/// </summary>
internal sealed class StreamAudit : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly LatestRows _latest;
    private readonly string _tenant;
    private readonly Dictionary<string, StreamHead> _recorded;
    private readonly IAsyncEnumerator<StoredEntry> _entries;
    private readonly SortedSet<string> _ledgers = new(StringComparer.Ordinal);
    private EntryChain _chain = new();
    private OwnFigures _counting = OwnFigures.None;
    private string? _stream;
    private bool _isBroken;

    private StreamAudit(
        IJournal journal, LatestRows latest, string tenant, Dictionary<string, StreamHead> recorded, IAsyncEnumerator<StoredEntry> entries)
    {
        _journal = journal;
        _latest = latest;
        _tenant = tenant;
        _recorded = recorded;
        _entries = entries;
    }

    public long Entries { get; private set; }

    public long Streams { get; private set; }

    /// <summary>Every stream was read.</summary>
    public bool IsDone { get; private set; }

    public long Checkpoint { get; private init; }

    public string CheckpointHash { get; private init; } = "";

    /// <summary>The forms and periods of the ledgers read.</summary>
    public IEnumerable<AuditKey> Ledgers => _ledgers.Select(AuditKey.Parse);

    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<StreamAudit> BeginAsync(
        IJournal journal, LatestRows latest, string tenant, AuditRange range, CancellationToken cancellation)
    {
        var prefix = range.Form is null ? "" : new LedgerKey(tenant, range.Form, range.Period ?? "", "").Stream;
        var checkpoints = await journal.ReadStreamAsync(tenant, Checkpoints.Stream, 0, cancellation);
        var recorded = await Checkpoints.ReadAsync(journal, tenant, cancellation);
        foreach (var other in recorded.Keys.Where(stream => !stream.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            recorded.Remove(other);
        }

        // What is appended while the audit runs belongs to the next one.
        var through = await journal.ReadPositionAsync(cancellation);
        var entries = journal.ReadStreamsAsync(tenant, prefix, through, cancellation);
        return new StreamAudit(journal, latest, tenant, recorded, entries.GetAsyncEnumerator(cancellation))
        {
            Checkpoint = checkpoints.Count == 0 ? 0 : checkpoints[^1].Version,
            CheckpointHash = checkpoints.Count == 0 ? "" : Convert.ToHexStringLower(checkpoints[^1].Hash.Span),
        };
    }

    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task GoOnAsync(int most, ImmutableArray<JournalFault>.Builder faults, CancellationToken cancellation)
    {
        for (var read = 0; read < most; read++)
        {
            if (!await _entries.MoveNextAsync())
            {
                await EndStreamAsync(faults, cancellation);
                faults.AddRange(_recorded.Keys.Select(stream => new JournalFault(stream, 1, JournalFaultKind.CutOff)));
                IsDone = true;
                return;
            }

            var entry = _entries.Current;
            if (entry.Stream != _stream)
            {
                await EndStreamAsync(faults, cancellation);
                _stream = entry.Stream;
                Streams++;
            }

            Follow(entry, faults);
            Entries++;
        }
    }

    public ValueTask DisposeAsync() => _entries.DisposeAsync();

    private void Follow(StoredEntry entry, ImmutableArray<JournalFault>.Builder faults)
    {
        var fault = _chain.Next(entry);
        if (fault != ChainFault.None)
        {
            _isBroken = true;
            faults.Add(new JournalFault(entry.Stream, entry.Version, fault switch
            {
                ChainFault.Gap => JournalFaultKind.Gap,
                ChainFault.Unlinked => JournalFaultKind.Unlinked,
                _ => JournalFaultKind.Changed,
            }));
        }
        else if (_recorded.TryGetValue(entry.Stream, out var head) && head.Version == entry.Version
            && !head.Hash.Span.SequenceEqual(entry.Hash.Span))
        {
            _isBroken = true;
            faults.Add(new JournalFault(entry.Stream, entry.Version, JournalFaultKind.Rewritten));
        }

        if (!_isBroken && LedgerKey.TryParseStream(_tenant, entry.Stream, out _))
        {
            _counting = _counting.After(entry);
        }
    }

    private async Task EndStreamAsync(ImmutableArray<JournalFault>.Builder faults, CancellationToken cancellation)
    {
        if (_stream is { } stream)
        {
            if (_recorded.Remove(stream, out var head) && head.Version > _chain.Version)
            {
                _isBroken = true;
                faults.Add(new JournalFault(stream, _chain.Version + 1, JournalFaultKind.CutOff));
            }

            if (LedgerKey.TryParseStream(_tenant, stream, out var key))
            {
                _ledgers.Add(new AuditKey(_tenant, key.Form, key.Period).ToString());
                if (!_isBroken)
                {
                    await CompareCountingAsync(key, faults, cancellation);
                }
            }
        }

        _stream = null;
        _chain = new EntryChain();
        _counting = OwnFigures.None;
        _isBroken = false;
    }

    private async Task CompareCountingAsync(
        LedgerKey key, ImmutableArray<JournalFault>.Builder faults, CancellationToken cancellation)
    {
        var rows = await _journal.ReadLatestAsync(key.Tenant, key.Form, key.Period, [key.Unit], cancellation);
        var row = rows.Count == 0 ? null : rows[0];
        if (row is not null && IsSame(row, LatestRows.ToRow(key, _chain.Version, _chain.Hash, _counting)))
        {
            return;
        }

        // The stream may have gone on since this audit began.
        var now = await _journal.ReadStreamAsync(key.Tenant, key.Stream, _chain.Version, cancellation);
        if (now.Count > 0)
        {
            return;
        }

        if (row is not null && row.Version > _chain.Version && CountingCodec.IsSound(row.State.Span, row.Version, row.Hash.Span))
        {
            faults.Add(new JournalFault(key.Stream, _chain.Version + 1, JournalFaultKind.CutOff));
            return;
        }

        await _latest.RebuildAsync(key, cancellation);
        faults.Add(new JournalFault(key.Stream, _chain.Version, JournalFaultKind.CountingRebuilt));
    }

    private static bool IsSame(LatestRow one, LatestRow other) =>
        one.Version == other.Version
        && one.SubmittedDigest == other.SubmittedDigest
        && one.AcceptedDigest == other.AcceptedDigest
        && one.Hash.Span.SequenceEqual(other.Hash.Span)
        && one.State.Span.SequenceEqual(other.State.Span);
}
