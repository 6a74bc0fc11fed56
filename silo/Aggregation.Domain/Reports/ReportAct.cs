namespace Aggregation.Domain.Reports;

/// <summary>An act of the review of a report.</summary>
public enum ReportAct
{
    /// <summary>By the level above: the revision counts in 已审.</summary>
    Accept,

    /// <summary>By the level above: the revision counts no more.</summary>
    Return,

    /// <summary>By the level above: what was accepted counts as accepted no more, and a lock is lifted.</summary>
    Reopen,

    /// <summary>By the level above: nothing is filed or withdrawn until it is reopened.</summary>
    Lock,

    /// <summary>By the unit itself.</summary>
    Sign,
}
