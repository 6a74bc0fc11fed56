using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Obligations;

namespace Aggregation.Grains.Reports;

/// <summary>Whether a task lets a unit file: it must be on the list, and the day must have come.</summary>
internal static class ObligationCheck
{
    public const string NotObliged = "task.obliged";

    public const string NotOpen = "task.opening";

    /// <param name="task">Null where no task was opened: then every unit may file at any time.</param>
    /// <returns>A finding that nothing can explain away; null where the unit may file.</returns>
    public static CheckFinding? Find(ReportingTask? task, string unit, DateTimeOffset now)
    {
        if (task is null)
        {
            return null;
        }

        if (!task.Units.Contains(unit))
        {
            return Finding(NotObliged, unit, "a unit on the task's list",
                $"该单位不在 {task.Form} 报表 {task.Period} 填报任务的应报单位名单中", $"is not obliged by the task for form {task.Form} and {task.Period}");
        }

        return task.IsOpen(now) ? null : Finding(NotOpen, task.Period, $">= {task.OpensOn:yyyy-MM-dd}",
            $"填报任务自 {task.OpensOn:yyyy-MM-dd} 起开放", $"comes before the task opens on {task.OpensOn:yyyy-MM-dd}");
    }

    /// <exception cref="Contracts.RefusedException">The unit may not file.</exception>
    public static void Require(ReportingTask? task, string unit, DateTimeOffset now)
    {
        if (Find(task, unit, now) is { } finding)
        {
            var field = finding.CheckId == NotObliged ? "unit" : "period";
            throw Refuse.Invalid(field, finding.Value, finding.CheckId, finding.MessageZh, finding.MessageEn);
        }
    }

    private static CheckFinding Finding(string check, string value, string rule, string zh, string en) => new()
    {
        CheckId = check, Severity = Severity.Hard, Cell = "", Value = value, Rule = rule, MessageZh = zh, MessageEn = en, Explanation = "",
    };
}
