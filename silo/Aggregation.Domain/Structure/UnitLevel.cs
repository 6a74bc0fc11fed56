namespace Aggregation.Domain.Structure;

/// <summary>The level of a government's region, highest first.</summary>
[GenerateSerializer, Alias("aggregation.UnitLevel")]
public enum UnitLevel
{
    /// <summary>Departments and institutions have none.</summary>
    None,

    /// <summary>省</summary>
    Province,

    /// <summary>市</summary>
    City,

    /// <summary>县、区、开发区</summary>
    County,

    /// <summary>乡镇、街道</summary>
    Township,

    /// <summary>村、社区</summary>
    Village,
}
