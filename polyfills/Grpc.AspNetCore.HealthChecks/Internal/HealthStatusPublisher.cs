using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>Takes each report that the health checks publish to the services mapped to it.</summary>
internal sealed class HealthStatusPublisher(HealthStatuses statuses, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (service, predicate) in options.Value.Services.Mappings)
        {
            var entries = report.Entries
                .Where(entry => predicate(new HealthCheckMapContext(entry.Key, entry.Value.Tags)))
                .Select(entry => entry.Value);
            statuses.Set(service, HealthStatuses.Of(entries));
        }

        return Task.CompletedTask;
    }
}
