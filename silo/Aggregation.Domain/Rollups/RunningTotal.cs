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

    public void Add(in UnpackedPart part)
    {
        if (part.Submitted is not null)
        {
            _submitted.Add(part.Submitted);
        }

        if (part.Accepted is not null)
        {
            _accepted.Add(part.Accepted);
        }

        _submittedDigest += part.Part.Submitted.Digest;
        _acceptedDigest += part.Part.Accepted.Digest;
        Counts = Counts.Add(part.Part.Counts);
    }

    public void Remove(in UnpackedPart part)
    {
        if (part.Submitted is not null)
        {
            _submitted.Subtract(part.Submitted);
        }

        if (part.Accepted is not null)
        {
            _accepted.Subtract(part.Accepted);
        }

        _submittedDigest -= part.Part.Submitted.Digest;
        _acceptedDigest -= part.Part.Accepted.Digest;
        Counts = Counts.Subtract(part.Part.Counts);
    }

    public Totals Totals(Layer layer) => (layer == Layer.Submitted ? _submitted : _accepted).Freeze();

    public SetDigest Digest(Layer layer) => layer == Layer.Submitted ? _submittedDigest : _acceptedDigest;

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
}
