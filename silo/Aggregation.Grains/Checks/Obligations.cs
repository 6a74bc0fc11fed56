using Aggregation.Domain.Tasks;

namespace Aggregation.Grains.Checks;

/// <summary>What a task says of a submission.</summary>
internal static class Obligations
{
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
