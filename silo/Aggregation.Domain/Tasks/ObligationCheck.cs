using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Tasks;

/// <summary>Whether a task lets a unit file: it must be on the list, and the day must have come.</summary>
public static class ObligationCheck
{
    public const string NotObliged = "task.obliged";

    public const string NotOpen = "task.opening";

    /// <param name="task">Null where no task was opened: then every unit may file at any time.</param>
    /// <returns>A finding that nothing can explain away; null where the unit may file.</returns>
    public static Finding? Find(ReportingTask? task, string unit, DateTimeOffset now)
    {
        if (task is null)
        {
            return null;
        }

        if (!task.Units.Contains(unit))
        {
            return Hard(NotObliged, unit, "a unit on the task's list",
                $"该单位不在 {task.Form} 报表 {task.Period} 填报任务的应报单位名单中", $"is not obliged by the task for form {task.Form} and {task.Period}");
        }

        return task.IsOpen(now) ? null : Hard(NotOpen, task.Period, $">= {task.OpensOn:yyyy-MM-dd}",
            $"填报任务自 {task.OpensOn:yyyy-MM-dd} 起开放", $"comes before the task opens on {task.OpensOn:yyyy-MM-dd}");
    }

    private static Finding Hard(string check, string value, string rule, string zh, string en) =>
        new(check, Severity.Hard, [], value, rule, zh, en);
}
