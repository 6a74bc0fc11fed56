using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Snapshots;

/// <summary>The journal's set digests folded up a tree: what each unit's Region should hold, by one scan.</summary>
internal sealed class BranchDigests
{
    private readonly Dictionary<string, BranchDigest> _branches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OwnDigest> _own = new(StringComparer.Ordinal);

    /// <summary>The digest of everything at and under a unit; zero where nothing was filed.</summary>
    public BranchDigest Of(string unit) => _branches.GetValueOrDefault(unit);

    /// <summary>What each unit that ever filed counts itself.</summary>
    public IReadOnlyDictionary<string, OwnDigest> Own => _own;

    /// <summary>Whether anything was ever filed at or under a unit, though it may be withdrawn by now.</summary>
    public bool HasFiled(string unit) => _branches.ContainsKey(unit);

    /// <param name="top">Nothing above this unit is folded; null: the whole tree.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<BranchDigests> ScanAsync(
        LedgerFrame frame, IJournal journal, TreeView view, string? top, CancellationToken cancellation)
    {
        var digests = new BranchDigests();
        var rows = await journal.ScanDigestsAsync(frame.Key.Tenant, frame.Key.Form, frame.Key.Period, cancellation);
        foreach (var row in rows)
        {
            if (!view.TryFind(row.Unit, out _) || (top is not null && !view.IsWithin(row.Unit, top)))
            {
                continue;
            }

            var own = new BranchDigest(SetDigest.FromUInt128(row.Submitted), SetDigest.FromUInt128(row.Accepted));
            digests._own[row.Unit] = new OwnDigest(row.Version, own);
            for (var unit = row.Unit; unit is not null; unit = unit == top ? null : view.ParentOf(unit)?.Code)
            {
                digests._branches[unit] = digests.Of(unit).Add(own);
            }
        }

        return digests;
    }
}

/// <summary>What a unit counts itself, and the version of its stream.</summary>
internal readonly record struct OwnDigest(long Version, BranchDigest Digest);

/// <summary>The set digests of a branch by layer.</summary>
internal readonly record struct BranchDigest(SetDigest Submitted, SetDigest Accepted)
{
    public BranchDigest Add(in BranchDigest other) => new(Submitted + other.Submitted, Accepted + other.Accepted);

    public BranchDigest Subtract(in BranchDigest other) => new(Submitted - other.Submitted, Accepted - other.Accepted);

    public static BranchDigest Of(Contribution contribution) => new(
        new SetDigest(contribution.Submitted.DigestHigh, contribution.Submitted.DigestLow),
        new SetDigest(contribution.Accepted.DigestHigh, contribution.Accepted.DigestLow));

    public static BranchDigest Of(LatestRow row) =>
        new(SetDigest.FromUInt128(row.SubmittedDigest), SetDigest.FromUInt128(row.AcceptedDigest));

    /// <summary>Whether a contribution holds exactly these submissions.</summary>
    public bool Equals(Contribution contribution) => this == Of(contribution);
}
