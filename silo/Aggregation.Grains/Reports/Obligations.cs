using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Tasks;

namespace Aggregation.Grains.Reports;

/// <summary>What a task says of a submission, as callers are told.</summary>
internal static class Obligations
{
    /// <returns>Null where the unit may file.</returns>
    public static CheckFinding? Find(ReportingTask? task, string unit, DateTimeOffset now) =>
        ObligationCheck.Find(task, unit, now) is { } finding
            ? new CheckFinding
            {
                CheckId = finding.CheckId, Severity = finding.Severity, Cell = "", Value = finding.Value, Rule = finding.Rule,
                MessageZh = finding.MessageZh, MessageEn = finding.MessageEn,
            }
            : null;

    /// <exception cref="Contracts.RefusedException">The unit may not file.</exception>
    public static void Require(ReportingTask? task, string unit, DateTimeOffset now)
    {
        if (ObligationCheck.Find(task, unit, now) is { } finding)
        {
            var field = finding.CheckId == ObligationCheck.NotObliged ? "unit" : "period";
            throw Refuse.Invalid(field, finding.Value, finding.CheckId, finding.MessageZh, finding.MessageEn);
        }
    }
}
