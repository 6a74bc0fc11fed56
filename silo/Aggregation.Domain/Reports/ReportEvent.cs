namespace Aggregation.Domain.Reports;

/// <summary>What an entry of a report's stream says, as far as it decides what counts.</summary>
public abstract record ReportEvent;

/// <summary>A revision was filed.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsAccepted">It was accepted in the same moment, by the tenant's setting.</param>
public sealed record ReportFiled(OwnRevision Revision, bool IsAccepted) : ReportEvent;

/// <summary>The unit took its report back: it counts nowhere.</summary>
public sealed record ReportWithdrawn : ReportEvent;

/// <summary>An act of the review.</summary>
/// <param name="Act">The act.</param>
/// <param name="PreviousHash">Hash of the entry before it.</param>
public sealed record ReportReviewed(ReportAct Act, ReadOnlyMemory<byte> PreviousHash) : ReportEvent;
