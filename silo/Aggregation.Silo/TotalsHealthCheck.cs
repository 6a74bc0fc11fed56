using System.Globalization;
using Aggregation.Grains.Audit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aggregation.Silo;

/// <summary>Ready when the totals of what is open are known to be right: after the comparison with the journal that follows every start.</summary>
internal sealed class TotalsHealthCheck(OpeningAudit opening) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(opening.IsDone
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, opening.Left is { } left
                ? string.Create(CultureInfo.InvariantCulture, $"{left} of the open forms and periods are not yet compared with the journal, or differ.")
                : "The journal has not told yet which forms and periods are open."));
}
