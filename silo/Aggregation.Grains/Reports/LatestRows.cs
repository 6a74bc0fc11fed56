using Aggregation.Contracts;
using Aggregation.Domain.Chains;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Rollups;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Reports;

/// <summary>
/// What ledgers count now, from the journal's table of it. A row is believed when it is as it was packed; one that is not
/// is made anew from the entries of its stream, which are the truth.
/// </summary>
internal sealed partial class LatestRows(IJournal journal, ILogger<LatestRows> logger)
{
    /// <inheritdoc cref="IJournal.ReadLatestAsync(string, string, string, IReadOnlyCollection{string}, CancellationToken)"/>
    /// <exception cref="JournalDamagedException">A row is damaged, and so is its stream.</exception>
    public async Task<IReadOnlyList<LatestRow>> ReadAsync(
        string tenant, string form, string period, IReadOnlyCollection<string> units, CancellationToken cancellation) =>
        await SoundAsync(tenant, await journal.ReadLatestAsync(tenant, form, period, units, cancellation), cancellation);

    /// <inheritdoc cref="IJournal.ReadLatestAsync(string, string, IReadOnlyCollection{string}, string, CancellationToken)"/>
    /// <exception cref="JournalDamagedException">A row is damaged, and so is its stream.</exception>
    public async Task<IReadOnlyList<LatestRow>> ReadAsync(
        string tenant, string form, IReadOnlyCollection<string> periods, string unit, CancellationToken cancellation) =>
        await SoundAsync(tenant, await journal.ReadLatestAsync(tenant, form, periods, unit, cancellation), cancellation);

    /// <summary>The row that follows from a ledger's entries; null where there are none.</summary>
    /// <param name="entries">All of them, in order.</param>
    /// <exception cref="JournalDamagedException">They are not as they were written.</exception>
    public static LatestRow? Fold(LedgerKey key, IEnumerable<StoredEntry> entries)
    {
        var chain = new EntryChain();
        var counting = OwnFigures.None;
        foreach (var entry in entries)
        {
            var fault = chain.Next(entry);
            counting = fault == ChainFault.None
                ? counting.After(entry)
                : throw new JournalDamagedException(entry.Stream, entry.Version, fault);
        }

        return chain.Version == 0 ? null : ToRow(key, chain.Version, chain.Hash, counting);
    }

    /// <summary>The row of a ledger that counts this.</summary>
    /// <param name="key">The ledger.</param>
    /// <param name="version">Of its stream.</param>
    /// <param name="hash">Of the stream's last entry.</param>
    /// <param name="counting">What counts by its entries.</param>
    public static LatestRow ToRow(LedgerKey key, long version, ReadOnlyMemory<byte> hash, OwnFigures counting)
    {
        var period = Period.Parse(key.Period);
        return new LatestRow
        {
            Form = key.Form,
            Period = key.Period,
            Unit = key.Unit,
            Version = version,
            Hash = hash,
            State = counting.Pack(version, hash.Span),
            SubmittedDigest = counting.Digest(key.ToName(period), Layer.Submitted).ToUInt128(),
            AcceptedDigest = counting.Digest(key.ToName(period), Layer.Accepted).ToUInt128(),
        };
    }

    /// <summary>Makes a ledger's row anew from its stream; null where the stream is empty, and then the row is gone.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    /// <exception cref="JournalDamagedException">The stream is not as it was written.</exception>
    public async Task<LatestRow?> RebuildAsync(LedgerKey key, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = Fold(key, await journal.ReadStreamAsync(key.Tenant, key.Stream, 0, cancellation));
            if (await journal.RepairLatestAsync(new LedgerName(key.Tenant, key.Form, key.Period, key.Unit), key.Stream, row))
            {
                LogRebuilt(key.ToString(), row?.Version ?? 0);
                return row;
            }

            // The stream went on meanwhile, which wrote the row.
        }
    }

    /// <summary>Makes a ledger's row anew if it is behind the stream, so that the ledger's next activation can go on.</summary>
    /// <param name="version">A version that the stream has.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    /// <exception cref="JournalDamagedException">The stream is not as it was written.</exception>
    public async Task CatchUpAsync(LedgerKey key, long version)
    {
        var rows = await ReadAsync(key.Tenant, key.Form, key.Period, [key.Unit], CancellationToken.None);
        if (rows.Count == 0 || rows[0].Version < version)
        {
            await RebuildAsync(key, CancellationToken.None);
        }
    }

    private async ValueTask<IReadOnlyList<LatestRow>> SoundAsync(
        string tenant, IReadOnlyList<LatestRow> rows, CancellationToken cancellation)
    {
        List<LatestRow>? sound = null;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (CountingCodec.IsSound(row.State.Span, row.Version, row.Hash.Span))
            {
                sound?.Add(row);
                continue;
            }

            sound ??= [.. rows.Take(i)];
            if (await RebuildAsync(new LedgerKey(tenant, row.Form, row.Period, row.Unit), cancellation) is { } rebuilt)
            {
                sound.Add(rebuilt);
            }
        }

        return sound ?? rows;
    }

    [LoggerMessage(1, LogLevel.Error, "What {Ledger} counts was not stored as it was written; it was made anew from its stream, version {Version}")]
    private partial void LogRebuilt(string ledger, long version);
}
