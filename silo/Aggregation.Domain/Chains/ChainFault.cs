namespace Aggregation.Domain.Chains;

/// <summary>What is wrong with an entry in its stream.</summary>
public enum ChainFault
{
    None,

    /// <summary>The entries before it are missing.</summary>
    Gap,

    /// <summary>It was chained to another entry than the one before it.</summary>
    Unlinked,

    /// <summary>Its contents are not those that were hashed.</summary>
    Changed,
}
