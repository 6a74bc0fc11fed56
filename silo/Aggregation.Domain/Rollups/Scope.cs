namespace Aggregation.Domain.Rollups;

/// <summary>Which sum at a unit 口径.</summary>
[GenerateSerializer, Alias("aggregation.Scope")]
public enum Scope
{
    /// <summary>本单位: the unit's own figures.</summary>
    Own,

    /// <summary>本级: own, and everything under department and institution children.</summary>
    Level,

    /// <summary>全口径: own, and everything below.</summary>
    Region,
}
