using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Reports;

/// <summary>
/// The units' own figures of one form and period as the journal has them, to be summed over any set of units: for trees
/// that no ledger keeps.
/// </summary>
internal sealed class BranchFigures
{
    private const int MostUnits = 5_000;

    private readonly LedgerFrame _frame;
    private readonly Layer _layer;
    private readonly Dictionary<string, RollupPart> _parts = new(StringComparer.Ordinal);

    private BranchFigures(LedgerFrame frame, Layer layer)
    {
        _frame = frame;
        _layer = layer == Layer.Submitted ? Layer.Submitted : Layer.Accepted;
    }

    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<BranchFigures> ReadAsync(
        LedgerFrame frame, Layer layer, IReadOnlyCollection<string> units, IJournal journal)
    {
        var figures = new BranchFigures(frame, layer);
        foreach (var some in units.Distinct(StringComparer.Ordinal).Chunk(MostUnits))
        {
            var rows = await journal.ReadLatestAsync(
                frame.Key.Tenant, frame.Key.Form, frame.Key.Period, some, CancellationToken.None);
            foreach (var row in rows)
            {
                figures._parts[row.Unit] = CountingCodec.Unpack(row.State).ToPart(frame.Key.At(row.Unit).ToName(frame.Period), frame.Cells);
            }
        }

        return figures;
    }

    /// <summary>The total of some units, each once.</summary>
    /// <param name="units">The units.</param>
    /// <param name="obliged">Those that owe a report; null: each does.</param>
    public PlannedTotal Total(IReadOnlyCollection<string> units, ObligedUnits? obliged)
    {
        var (totals, digest, counts) = Sum(units);
        return new PlannedTotal(
            FigureViews.ToCoverage(counts, obliged is null ? units.Count : units.Count(obliged.Contains)), digest.ToString(), FigureViews.Cells(_frame, totals));
    }

    /// <summary>The sum over some units, each once.</summary>
    public (Totals Totals, SetDigest Digest, ReportCounts Counts) Sum(IEnumerable<string> units)
    {
        var sums = new Sums(_frame.Cells);
        var digest = SetDigest.Zero;
        var counts = default(ReportCounts);
        foreach (var unit in units)
        {
            if (_parts.TryGetValue(unit, out var part))
            {
                counts = counts.Add(part.Counts);
                digest += part[_layer].Digest;
                if (!part[_layer].IsEmpty)
                {
                    sums.Add(part[_layer].Unpack());
                }
            }
        }

        return (sums.Freeze(), digest, counts);
    }
}
