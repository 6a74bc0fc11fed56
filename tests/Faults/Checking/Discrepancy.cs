namespace Aggregation.Faults.Checking;

/// <summary>What a check holds against the product.</summary>
internal enum DiscrepancyKind
{
    /// <summary>A receipt without its entry.</summary>
    Lost,

    /// <summary>A request that was applied more than once.</summary>
    Doubled,

    /// <summary>Anything that is not what it must be: a total, an entry, an answer.</summary>
    Wrong,
}

internal readonly record struct Discrepancy(DiscrepancyKind Kind, string What);
