namespace Aggregation.Domain.Rollups;

/// <summary>Everything a unit, or everything under it, adds to a total: both layers and the counts of reports.</summary>
/// <remarks>Where both layers hold the same revisions they share their packed bytes, which are then read once.</remarks>
public sealed record RollupPart(LayerPart Submitted, LayerPart Accepted, ReportCounts Counts)
{
    public static RollupPart Empty { get; } = new(LayerPart.Empty, LayerPart.Empty, default);

    public LayerPart this[RollupLayer layer] => layer == RollupLayer.Submitted ? Submitted : Accepted;

    public bool IsEmpty => Submitted.IsEmpty && Accepted.IsEmpty && Counts == default;
}

/// <summary>Which revisions count: 已报 or 已审. The number enters set digests and is for ever.</summary>
public enum RollupLayer
{
    Submitted = 0,
    Accepted = 1,
}

/// <summary>Which sum at a unit 口径.</summary>
public enum RollupScope
{
    /// <summary>本单位</summary>
    Own,

    /// <summary>本级: own, and departments and institutions with everything under them.</summary>
    Level,

    /// <summary>全口径: everything.</summary>
    Region,
}
