using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Audit;

/// <summary>
/// Repairs one ledger whose total is not the journal's: finds which of the parts that it sums is wrong, makes right what the
/// journal's table of counting revisions has wrong, and has the ledger read anew if it is still off.
/// </summary>
internal sealed class BranchRepair(LedgerFrame frame, IJournal journal, LatestRows latest, AuditedBranches branches)
{
    /// <returns>What was wrong with its parts, as far as it can be told.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    /// <exception cref="JournalDamagedException">A stream is not as it was written.</exception>
    public async Task<ImmutableArray<Difference>> RepairAsync(string unit, BranchDigests expected, CancellationToken cancellation)
    {
        var differences = ImmutableArray.CreateBuilder<Difference>();
        var parts = (await branches.Ledger(unit).Parts(branches.Tree)).ToDictionary(part => part.Unit, StringComparer.Ordinal);
        var isHeldWrong = false;
        foreach (var part in branches.View.ChildrenOf(unit).Select(child => child.Code).Prepend(unit))
        {
            var held = parts.GetValueOrDefault(part);
            var found = part == unit || branches.View.IsLeaf(part)
                ? await CompareOwnAsync(part, held, expected.Own.GetValueOrDefault(part), cancellation)
                : await CompareBranchAsync(part, held, expected, cancellation);
            differences.AddRange(found);
            isHeldWrong |= found.Exists(difference => difference.Kind != DifferenceKind.Stored);
        }

        // Where no part is off, the sum itself is.
        if (isHeldWrong || differences.Count == 0)
        {
            await branches.Ledger(unit).Discard();
            await branches.SettleAsync([unit], expected, cancellation);
        }

        return differences.ToImmutable();
    }

    private async Task<List<Difference>> CompareOwnAsync(
        string unit, Contribution? held, OwnDigest stored, CancellationToken cancellation)
    {
        var holds = held is null ? default : BranchDigest.Of(held);
        if (holds == stored.Digest)
        {
            return [];
        }

        var key = frame.Key.At(unit);
        var entries = await journal.ReadStreamAsync(key.Tenant, key.Stream, 0, cancellation);
        var now = await journal.ReadLatestAsync(key.Tenant, key.Form, key.Period, [unit], cancellation);
        if ((now.Count == 0 ? 0 : now[0].Version) != stored.Version)
        {
            // It was written to since it was scanned.
            return [];
        }

        var row = LatestRows.Fold(key, entries);
        var right = row is null ? default : BranchDigest.Of(row);
        var found = new List<Difference>();
        if (right != stored.Digest || (row?.Version ?? 0) != stored.Version)
        {
            await latest.RebuildAsync(key, cancellation);
            found.Add(new Difference(unit, DifferenceKind.Stored, row?.Version ?? 0, row is null ? "" : Hex(row.Hash)));
        }

        if (holds != right)
        {
            Describe(unit, held?.Source?.Revision ?? 0, row is null ? 0 : CountingCodec.Unpack(row.State).Source()?.Revision ?? 0, entries, found);
        }

        return found;
    }

    private static void Describe(string unit, long held, long right, IReadOnlyList<StoredEntry> entries, List<Difference> found)
    {
        if (held == right)
        {
            found.Add(new Difference(unit, DifferenceKind.Altered, held, HashOf(held)));
            return;
        }

        if (held > 0)
        {
            found.Add(new Difference(unit, DifferenceKind.Extra, held, HashOf(held)));
        }

        if (right > 0)
        {
            found.Add(new Difference(unit, DifferenceKind.Missing, right, HashOf(right)));
        }

        string HashOf(long revision) => revision > 0 && revision <= entries.Count ? Hex(entries[(int)revision - 1].Hash) : "";
    }

    /// <summary>A child that sums others itself: right or wrong, what it says now is what its parent should hold.</summary>
    private async Task<List<Difference>> CompareBranchAsync(
        string unit, Contribution? held, BranchDigests expected, CancellationToken cancellation)
    {
        var says = BranchDigest.Of(await branches.Ledger(unit).Pull(branches.Tree));
        var holds = held is null ? default : BranchDigest.Of(held);
        if (says == holds)
        {
            return [];
        }

        // One submission that is not held, or not any more, can be told by its digest alone.
        foreach (var (code, own) in expected.Own)
        {
            if (own.Digest != default && branches.View.IsWithin(code, unit) && own.Digest == says.Subtract(holds))
            {
                var key = frame.Key.At(code);
                var entries = await journal.ReadStreamAsync(key.Tenant, key.Stream, own.Version - 1, cancellation);
                return [new Difference(code, DifferenceKind.Missing, own.Version, entries.Count == 0 ? "" : Hex(entries[0].Hash))];
            }
        }

        return [new Difference(unit, DifferenceKind.Outdated, 0, "")];
    }

    private static string Hex(ReadOnlyMemory<byte> hash) => Convert.ToHexStringLower(hash.Span);
}
