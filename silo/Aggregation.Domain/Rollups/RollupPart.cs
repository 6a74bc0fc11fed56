namespace Aggregation.Domain.Rollups;

/// <summary>Everything a unit, or everything under it, adds to a total: both layers and the counts of reports.</summary>
/// <remarks>Where both layers hold the same revisions they share their packed bytes, which are then read once.</remarks>
public sealed record RollupPart(LayerPart Submitted, LayerPart Accepted, ReportCounts Counts)
{
    public static RollupPart Empty { get; } = new(LayerPart.Empty, LayerPart.Empty, default);

    public LayerPart this[Layer layer] => layer == Layer.Submitted ? Submitted : Accepted;

    public bool IsEmpty => Submitted.IsEmpty && Accepted.IsEmpty && Counts == default;
}
