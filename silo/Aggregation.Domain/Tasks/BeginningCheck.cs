using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Tasks;

/// <summary>Whether a report is about anything yet: its period must have begun, unless the form plans ahead.</summary>
public static class BeginningCheck
{
    public const string NotBegun = "period.begun";

    /// <param name="form">The form.</param>
    /// <param name="period">What the report is for.</param>
    /// <param name="today">The civil day of filing.</param>
    /// <returns>A finding that nothing can explain away; null where the report may be filed.</returns>
    public static Finding? Find(Form form, Period period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.PlansAhead || period.FirstDay <= today ? null : new Finding(
            NotBegun, Severity.Hard, [], period.ToString(), $"first day {period.FirstDay:yyyy-MM-dd} <= {today:yyyy-MM-dd}",
            $"报告期 {period} 自 {period.FirstDay:yyyy-MM-dd} 起，尚未开始（今天是 {today:yyyy-MM-dd}）",
            $"begins on {period.FirstDay:yyyy-MM-dd} and today is {today:yyyy-MM-dd}: there is nothing to report yet");
    }
}
