using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Ledgers;

/// <summary>Between what the domain sums and what ledgers send each other.</summary>
internal static class Contributions
{
    public static Contribution Of(
        string unit, string tree, LedgerVersion version, long structureVersion, RollupPart part, SubmissionSource? source,
        Membership members, long acknowledgedAt = 0) => new()
        {
            Unit = unit,
            Tree = tree,
            Version = version,
            StructureVersion = structureVersion,
            Submitted = Of(part.Submitted),
            Accepted = Of(part.Accepted),
            Coverage = new Coverage(0, part.Counts.Submitted, part.Counts.Accepted, part.Counts.Returned, part.Counts.Nil),
            Source = source,
            Members = members,
            AcknowledgedAt = acknowledgedAt,
        };

    public static Membership Members(UInt128 members) => new((ulong)(members >> 64), (ulong)members);

    public static RollupPart ToPart(Contribution contribution) => new(
        ToPart(contribution.Submitted),
        ToPart(contribution.Accepted),
        new ReportCounts(
            contribution.Coverage.Submitted, contribution.Coverage.Accepted,
            contribution.Coverage.Returned, contribution.Coverage.Nil));

    private static LayerContribution Of(LayerPart part) =>
        part.IsEmpty ? LayerContribution.Empty : new LayerContribution(part.Packed, part.Digest.High, part.Digest.Low);

    private static LayerPart ToPart(LayerContribution layer) => layer.Sums.IsEmpty
        ? LayerPart.Empty
        : new LayerPart(layer.Sums, new SetDigest(layer.DigestHigh, layer.DigestLow));
}
