using System.Collections.Immutable;

namespace Aggregation.Domain.Forms.Outliers;

/// <summary>What a form declares about outliers: which cells are looked at, against what, and how far is too far.</summary>
/// <param name="Cells">The cells looked at, in the form's order.</param>
/// <param name="Threshold">The robust z-score that is still fine, times 100.</param>
/// <param name="Number">A distance from the median that is always fine, in units of measure.</param>
/// <param name="Ties">Whether a cell is also found that differs from what more than half of the sample says.</param>
/// <param name="History">Against the unit's own earlier periods; null: not.</param>
/// <param name="Peers">Against units beside it; null: not.</param>
public sealed record OutlierRules(
    ImmutableArray<Cell> Cells, int Threshold, long Number, bool Ties, HistorySample? History, PeerSample? Peers)
{
    /// <summary>Fewer reports than this are never judged by: of six, one in fourteen normal reports would be found.</summary>
    public const int LeastReports = 5;

    public const int MostPeriods = 36;

    public const int MostPeers = 500;
}

/// <param name="Periods">How many earlier periods of the same kind are read, those directly before.</param>
/// <param name="Least">How many of them must give the cell.</param>
public sealed record HistorySample(int Periods, int Least);

/// <param name="Most">How many units are read; of more, as many evenly spread over them in the order of their codes.</param>
/// <param name="Least">How many of them must give the cell.</param>
public sealed record PeerSample(int Most, int Least);
