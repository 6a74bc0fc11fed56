using System.Globalization;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>Every form has it: a report is filed, and dated, no earlier than the last day of its period.</summary>
internal sealed class FiledEarlyCheck()
    : Check("filed-early", Severity.Soft, "date of filing >= last day of the period", [])
{
    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (input.FiledOn is not { } filed || filed >= input.Period.LastDay)
            return;
        var date = filed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var end = input.Period.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        findings ??= [];
        findings.Add(new Finding(Id, Severity, [], date, Rule,
            $"填报日期 {date} 早于报告期 {input.Period} 的最后一天 {end}",
            $"filed on {date}, before the last day {end} of period {input.Period}"));
    }
}
