namespace Aggregation.Domain.Forms.Loading;

/// <summary>The section <c>outliers</c> as written.</summary>
/// <param name="Threshold">Times 100.</param>
internal sealed record OutlierDefinition(
    IReadOnlyList<string> Cells, int Threshold, long Number, bool Ties, OutlierHistoryDefinition? History, OutlierPeersDefinition? Peers);

internal sealed record OutlierHistoryDefinition(int Periods, int Least);

internal sealed record OutlierPeersDefinition(int Most, int Least);
