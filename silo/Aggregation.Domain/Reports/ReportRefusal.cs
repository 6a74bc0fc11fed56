namespace Aggregation.Domain.Reports;

/// <summary>Why a report, as it stands, does not take what is asked.</summary>
/// <param name="Message">In English, for people.</param>
/// <param name="CurrentRevision">Where the request is of another revision than this one: what it should look at. Else null.</param>
public sealed record ReportRefusal(string Message, long? CurrentRevision = null)
{
    /// <summary>The rule of the request that is broken; null where it is the state of the report alone.</summary>
    public BrokenRule? Broken { get; init; }
}

/// <summary>What of a request breaks which rule.</summary>
/// <param name="Field">As the request names it.</param>
/// <param name="Value">What was given.</param>
/// <param name="Rule">Identifies the rule.</param>
/// <param name="MessageZh">In Chinese, for people.</param>
public sealed record BrokenRule(string Field, string Value, string Rule, string MessageZh);
