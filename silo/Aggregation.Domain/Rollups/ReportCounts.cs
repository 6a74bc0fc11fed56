namespace Aggregation.Domain.Rollups;

/// <summary>上报情况 as far as ledgers know it: units counted by state. How many are expected, the structure knows.</summary>
public readonly record struct ReportCounts(int Submitted, int Accepted, int Returned, int Nil)
{
    public ReportCounts Add(in ReportCounts other) => new(
        Submitted + other.Submitted, Accepted + other.Accepted, Returned + other.Returned, Nil + other.Nil);

    public ReportCounts Subtract(in ReportCounts other) => new(
        Submitted - other.Submitted, Accepted - other.Accepted, Returned - other.Returned, Nil - other.Nil);
}
