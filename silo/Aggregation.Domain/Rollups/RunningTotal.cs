using System.Runtime.InteropServices;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Rollups;

/// <summary>The sum of a changing set of parts: a part is added, or taken out as it was added.</summary>
internal sealed class RunningTotal(int cells)
{
    private readonly Sums _submitted = new(cells);
    private readonly Sums _accepted = new(cells);
    private SetDigest _submittedDigest;
    private SetDigest _acceptedDigest;

    public ReportCounts Counts { get; private set; }

    public void Add(RollupPart part)
    {
        var (submitted, accepted) = Unpack(part);
        if (submitted is not null)
        {
            _submitted.Add(submitted);
        }

        if (accepted is not null)
        {
            _accepted.Add(accepted);
        }

        _submittedDigest += part.Submitted.Digest;
        _acceptedDigest += part.Accepted.Digest;
        Counts = Counts.Add(part.Counts);
    }

    public void Remove(RollupPart part)
    {
        var (submitted, accepted) = Unpack(part);
        if (submitted is not null)
        {
            _submitted.Subtract(submitted);
        }

        if (accepted is not null)
        {
            _accepted.Subtract(accepted);
        }

        _submittedDigest -= part.Submitted.Digest;
        _acceptedDigest -= part.Accepted.Digest;
        Counts = Counts.Subtract(part.Counts);
    }

    public Totals Totals(RollupLayer layer) => (layer == RollupLayer.Submitted ? _submitted : _accepted).Freeze();

    public SetDigest Digest(RollupLayer layer) => layer == RollupLayer.Submitted ? _submittedDigest : _acceptedDigest;

    /// <summary>The sum as a part of a greater one.</summary>
    public RollupPart ToPart()
    {
        if (Counts == default && _submittedDigest == SetDigest.Zero && _acceptedDigest == SetDigest.Zero)
        {
            return RollupPart.Empty;
        }

        var submitted = ImmutableCollectionsMarshal.AsImmutableArray(_submitted.Pack());
        var accepted = _submitted.Equals(_accepted) ? submitted : ImmutableCollectionsMarshal.AsImmutableArray(_accepted.Pack());
        return new RollupPart(
            new LayerPart(submitted, _submittedDigest), new LayerPart(accepted, _acceptedDigest), Counts);
    }

    private static (Totals? Submitted, Totals? Accepted) Unpack(RollupPart part)
    {
        var submitted = part.Submitted.IsEmpty ? null : part.Submitted.Unpack();
        var accepted = part.Accepted.Packed == part.Submitted.Packed ? submitted
            : part.Accepted.IsEmpty ? null : part.Accepted.Unpack();
        return (submitted, accepted);
    }
}
