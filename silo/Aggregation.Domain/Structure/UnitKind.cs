namespace Aggregation.Domain.Structure;

/// <summary>What a unit of the tree is.</summary>
[GenerateSerializer, Alias("aggregation.UnitKind")]
public enum UnitKind
{
    /// <summary>政府: a region's government; has a level and may have units of every kind below it.</summary>
    Government,

    /// <summary>部门: a department; never above a government.</summary>
    Department,

    /// <summary>直属单位: an institution; never above a government.</summary>
    Institution,
}
