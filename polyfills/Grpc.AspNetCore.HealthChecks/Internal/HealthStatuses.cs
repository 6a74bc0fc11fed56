using System.Threading.Channels;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>The status last published of each service, and who watches it.</summary>
internal sealed class HealthStatuses
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChannelWriter<HealthCheckResponse.Types.ServingStatus>>> watchers =
        new(StringComparer.Ordinal);

    /// <summary>SERVING as long as no check fails; UNKNOWN without any check.</summary>
    public static HealthCheckResponse.Types.ServingStatus Of(IEnumerable<HealthReportEntry> entries)
    {
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        foreach (var entry in entries)
        {
            if (entry.Status == HealthStatus.Unhealthy)
                return HealthCheckResponse.Types.ServingStatus.NotServing;

            status = HealthCheckResponse.Types.ServingStatus.Serving;
        }

        return status;
    }

    public HealthCheckResponse.Types.ServingStatus? Find(string service)
    {
        lock (gate)
            return statuses.TryGetValue(service, out var status) ? status : null;
    }

    public void Set(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        lock (gate)
        {
            statuses[service] = status;
            foreach (var watcher in watchers.GetValueOrDefault(service) ?? [])
                watcher.TryWrite(status);
        }
    }

    /// <summary>What is published from now on; a slow reader sees only the latest.</summary>
    public Channel<HealthCheckResponse.Types.ServingStatus> Subscribe(string service)
    {
        var channel = Channel.CreateBounded<HealthCheckResponse.Types.ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (gate)
        {
            if (!watchers.TryGetValue(service, out var subscribed))
                watchers[service] = subscribed = [];

            subscribed.Add(channel.Writer);
        }

        return channel;
    }

    public void Unsubscribe(string service, Channel<HealthCheckResponse.Types.ServingStatus> channel)
    {
        lock (gate)
        {
            if (watchers.TryGetValue(service, out var subscribed) && subscribed.Remove(channel.Writer) && subscribed.Count == 0)
                watchers.Remove(service);
        }
    }
}
