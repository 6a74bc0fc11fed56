using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.AsOf;

/// <summary>The sum over some units in one layer, made by adding one unit after the other.</summary>
internal sealed class FoldedPart(LedgerFrame frame, Layer layer)
{
    private readonly Sums _sums = new(frame.Cells);

    public SetDigest Digest { get; private set; }

    public ReportCounts Counts { get; private set; }

    /// <summary>Of the unit added last; means something only where there is just one.</summary>
    public LedgerVersion Version { get; private set; }

    /// <summary>The submission that was added last.</summary>
    public SubmissionSource? Source { get; private set; }

    public Totals Totals => _sums.Freeze();

    /// <returns>The revision that was added; null where the unit counts nothing in the layer.</returns>
    public OwnRevision? Add(string unit, long version, OwnFigures counting)
    {
        var revision = layer == Layer.Submitted ? counting.Submitted : counting.Accepted;
        if (revision is { Nil: false })
        {
            _sums.Add(Figures.Unpack(revision.Packed.Span));
        }

        Digest += counting.Digest(frame.Key.At(unit).ToName(frame.Period), layer);
        Counts = Counts.Add(counting.Counts);
        Version = new LedgerVersion(0, version);
        Source = revision?.ToSource();
        return revision;
    }

    public void Add(FoldedPart part)
    {
        _sums.Add(part._sums);
        Digest += part.Digest;
        Counts = Counts.Add(part.Counts);
    }

    public Coverage ToCoverage(int expected) => FigureViews.ToCoverage(Counts, expected);
}
