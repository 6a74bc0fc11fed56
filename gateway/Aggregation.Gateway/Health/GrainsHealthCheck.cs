using Aggregation.Contracts.Tenants;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aggregation.Gateway.Health;

/// <summary>Ready when a grain answers. It asks about a key that cannot exist, which costs nothing and needs no right.</summary>
internal sealed class GrainsHealthCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private const string NoKey = "000000000000";

    /// <summary>Well under the interval at which probes come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform)
                .Authenticate(NoKey, "")
                .WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The grains do not answer.", exception);
        }
    }
}
