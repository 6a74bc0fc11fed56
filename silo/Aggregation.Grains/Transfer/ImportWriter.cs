using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Chains;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Transfer;

/// <summary>
/// Writes entries of another journal into this one, each only if it is what its hash says and follows the one before; with
/// a ledger's entry goes what the ledger counts by it. Entries that are here already are compared, so that an import can
/// be repeated from the start at any time.
/// </summary>
internal sealed class ImportWriter(IJournal journal, AuditScope audits)
{
    private const string LedgerPrefix = "ledger/";

    /// <param name="tenant">Whose entries they are.</param>
    /// <param name="entries">Consecutive ones of an export, in its order.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="RefusedException">An entry is not what its hash says, or the journal holds another in its place.</exception>
    public async Task<int> WriteAsync(string tenant, ImmutableArray<TransferEntry> entries)
    {
        foreach (var entry in entries)
        {
            RequireSound(tenant, entry);
        }

        var missing = await MissingAsync(tenant, entries);
        var counting = new Dictionary<string, OwnFigures>(StringComparer.Ordinal);
        var appends = new List<Task<AppendOutcome>>(missing.Count);
        foreach (var entry in missing)
        {
            appends.Add(journal.AppendAsync(await WithLatestAsync(tenant, entry, counting)));
        }

        var outcomes = await Settled(appends);
        for (var i = 0; i < outcomes.Length; i++)
        {
            // Somebody else who imports the same may have been faster.
            if (!outcomes[i].Entry.Hash.Span.SequenceEqual(missing[i].Hash.AsSpan()))
            {
                throw Conflict(missing[i]);
            }
        }

        return outcomes.Length;
    }

    private async Task<List<TransferEntry>> MissingAsync(string tenant, ImmutableArray<TransferEntry> entries)
    {
        if (entries.Length == 0)
        {
            return [];
        }

        var page = await journal.ReadPageAsync(
            tenant, (entries[0].Stream, entries[0].Version - 1), long.MaxValue, entries.Length, CancellationToken.None);
        var held = page.ToDictionary(entry => (entry.Stream, entry.Version), entry => entry.Hash);
        var missing = new List<TransferEntry>();
        foreach (var entry in entries)
        {
            if (!held.TryGetValue((entry.Stream, entry.Version), out var hash))
            {
                missing.Add(entry);
            }
            else if (!hash.Span.SequenceEqual(entry.Hash.AsSpan()))
            {
                throw Conflict(entry);
            }
        }

        return missing;
    }

    private async Task<NewEntry> WithLatestAsync(string tenant, TransferEntry entry, Dictionary<string, OwnFigures> counting)
    {
        var appended = entry.ToNew(tenant);
        if (!entry.Stream.StartsWith(LedgerPrefix, StringComparison.Ordinal))
        {
            return appended;
        }

        var key = KeyOf(tenant, entry);
        if (!counting.TryGetValue(entry.Stream, out var before))
        {
            before = await CountingAsync(key, entry.Version);
        }

        var after = ImportedFigures.After(before, appended);
        counting[entry.Stream] = after;
        audits.Wrote(key);
        return appended with { Latest = LatestRows.ToRow(key, appended.Version, appended.Hash, after) };
    }

    /// <summary>What the ledger counts by the entries before this version, which are here.</summary>
    private async Task<OwnFigures> CountingAsync(LedgerKey key, long version)
    {
        if (version == 1)
        {
            return OwnFigures.None;
        }

        var rows = await journal.ReadLatestAsync(key.Tenant, key.Form, key.Period, [key.Unit], CancellationToken.None);
        return rows is [var row] && row.Version == version - 1
            ? CountingCodec.Unpack(row.State)
            : throw new RefusedException(
                RefusalKind.FailedPrecondition, $"Entry {version} of '{key.Stream}' has no entry before it; send all of the export again.");
    }

    private static void RequireSound(string tenant, TransferEntry entry)
    {
        var isRecord = entry.Stream == ImportRecord.Stream;
        if (isRecord || entry.Version < 1 || !entry.Hash.AsSpan().SequenceEqual(EntryHash.Of(entry.ToNew(tenant))))
        {
            throw Refuse.Invalid(
                $"entries[{entry.Stream} {entry.Version}].hash", Convert.ToHexStringLower(entry.Hash.AsSpan()), "SHA-256 of the entry",
                "记录与其哈希不符，或不属于此租户", "the entry is not what its hash says, or not of this tenant");
        }
    }

    private static LedgerKey KeyOf(string tenant, TransferEntry entry)
    {
        var parts = entry.Stream.Split('/');
        return parts.Length == 4
            ? new LedgerKey(tenant, parts[1], parts[2], parts[3])
            : throw Refuse.Invalid("stream", entry.Stream, "ledger/form/period/unit", "不是台账的名称", "is not the stream of a ledger");
    }

    private static RefusedException Conflict(TransferEntry entry) => new(
        RefusalKind.FailedPrecondition,
        $"The journal has another entry {entry.Version} of '{entry.Stream}' than the export: they are of two histories.");

    /// <summary>Every append ends before the first failure is told, so that none is under way when the import is repeated.</summary>
    private static async Task<AppendOutcome[]> Settled(List<Task<AppendOutcome>> appends)
    {
        try
        {
            return await Task.WhenAll(appends);
        }
        catch (ArgumentException fault)
        {
            throw new RefusedException(RefusalKind.FailedPrecondition, fault.Message);
        }
    }
}
