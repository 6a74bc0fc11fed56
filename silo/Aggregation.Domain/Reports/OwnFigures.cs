using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;

namespace Aggregation.Domain.Reports;

/// <summary>What a unit itself counts now, per layer: the fold of its report's entries. Immutable.</summary>
/// <param name="Submitted">The revision that counts in 已报.</param>
/// <param name="Accepted">The revision that counts in 已审.</param>
/// <param name="Review">Where the review of the report stands.</param>
public sealed record OwnFigures(OwnRevision? Submitted, OwnRevision? Accepted, ReviewStanding Review = default)
{
    public static OwnFigures None { get; } = new(null, null);

    /// <summary>When the unit first filed what it has not withdrawn since; corrections leave it as it is. Null: nothing is there.</summary>
    public DateTimeOffset? FiledAt { get; init; }

    /// <summary>The unit's one report, by its state.</summary>
    public ReportCounts Counts => new(
        Submitted is null ? 0 : 1, Accepted is null ? 0 : 1, Review.Returned > 0 ? 1 : 0, (Submitted ?? Accepted) is { Nil: true } ? 1 : 0);

    /// <summary>The revision that was filed last and not withdrawn, returned or not; 0 for none.</summary>
    public long Filed => Review.Returned > 0 ? Review.Returned : Submitted?.Revision ?? 0;

    /// <summary>What was filed last is accepted.</summary>
    public bool IsAccepted => Review.Returned == 0 && Submitted is { } submitted && Accepted?.Revision == submitted.Revision;

    /// <summary>待审: what was filed last is neither accepted nor returned.</summary>
    public bool IsWaiting => Review.Returned == 0 && Submitted is not null && !IsAccepted;

    /// <summary>Hash of the entry that filed the last revision.</summary>
    /// <param name="head">Hash of the stream's last entry.</param>
    public ReadOnlyMemory<byte> FiledHash(ReadOnlyMemory<byte> head) => Review.FiledHash.IsEmpty ? head : Review.FiledHash;

    /// <summary>What the unit counts after the next entry of its stream.</summary>
    public OwnFigures After(ReportEvent next)
    {
        switch (next)
        {
            case ReportFiled filed:
                return new OwnFigures(filed.Revision, filed.IsAccepted ? filed.Revision : Accepted) { FiledAt = FiledAt ?? filed.Revision.At };
            case ReportReviewed act:
                var reviewed = After(act.Act);

                // The entry before the first act on a report is the report's own.
                return Review.FiledHash.IsEmpty && Filed > 0
                    ? reviewed with { Review = reviewed.Review with { FiledHash = act.PreviousHash } }
                    : reviewed;
            default:
                return None;
        }
    }

    public SetDigest Digest(in ReportName report, Layer layer)
    {
        var revision = layer == Layer.Submitted ? Submitted : Accepted;
        return revision is null
            ? SetDigest.Zero
            : SetDigest.Of(report.Tenant, report.Unit, report.Form, report.Period, revision.Revision, (int)layer, revision.ContentHash.Span);
    }

    /// <summary>What the unit adds to every total that holds it.</summary>
    public RollupPart ToPart(in ReportName report, int cells)
    {
        if (Submitted is null && Accepted is null)
        {
            return Counts == default ? RollupPart.Empty : RollupPart.Empty with { Counts = Counts };
        }

        var submitted = ToPacked(Submitted, cells);
        var accepted = ReferenceEquals(Accepted, Submitted) ? submitted : ToPacked(Accepted, cells);
        return new RollupPart(
            new LayerPart(submitted, Digest(report, Layer.Submitted)),
            new LayerPart(accepted, Digest(report, Layer.Accepted)),
            Counts);
    }

    private OwnFigures After(ReportAct act) => act switch
    {
        ReportAct.Accept => this with { Accepted = Submitted },
        ReportAct.Return => this with
        {
            // What was accepted before goes on counting; else the unit counts nowhere until it files again.
            Submitted = Accepted,
            Review = Review with { Returned = Filed },
        },
        ReportAct.Reopen => this with { Accepted = null, Review = Review with { Locked = false } },
        ReportAct.Lock => this with { Review = Review with { Locked = true } },
        _ => this with { Review = Review with { SignedRevision = Filed } },
    };

    private static ImmutableArray<byte> ToPacked(OwnRevision? revision, int cells) => revision is null
        ? []
        : ImmutableCollectionsMarshal.AsImmutableArray(Totals.Of(revision.ToFigures(cells)).Pack());
}
