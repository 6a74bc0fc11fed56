namespace Aggregation.Domain.Reports;

/// <summary>Why a report, as it stands, does not take what is asked.</summary>
/// <param name="Message">In English, for people.</param>
/// <param name="CurrentRevision">Where the request is of another revision than this one: what it should look at. Else null.</param>
public sealed record ReportRefusal(string Message, long? CurrentRevision = null);
