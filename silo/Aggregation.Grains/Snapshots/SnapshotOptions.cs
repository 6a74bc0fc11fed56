namespace Aggregation.Grains.Snapshots;

/// <summary>What the host's storage of snapshots is like.</summary>
public sealed class SnapshotOptions
{
    /// <summary>Snapshots are still there for the next silo; without, none is written by a silo that stops. Default true.</summary>
    public bool OutliveTheSilo { get; set; } = true;
}
