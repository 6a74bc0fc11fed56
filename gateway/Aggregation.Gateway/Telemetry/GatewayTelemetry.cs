using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Aggregation.Gateway.Telemetry;

/// <summary>The gateway's spans and instruments; source and meter <c>Aggregation.Gateway</c>. No unit or tenant is a tag.</summary>
internal sealed class GatewayTelemetry : IDisposable
{
    public const string Name = "Aggregation.Gateway";

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly Counter<long> calls;
    private readonly Counter<long> items;
    private readonly UpDownCounter<long> watches;
    private readonly Counter<long> updates;
    private readonly Counter<long> conflated;
    private readonly Counter<long> lookups;

    public GatewayTelemetry(IMeterFactory meters)
    {
        meter = meters.Create(Name);
        calls = meter.CreateCounter<long>("aggregation.gateway.calls", "{call}", "Calls ended, by method and status");
        items = meter.CreateCounter<long>("aggregation.gateway.batch.items", "{item}", "Items of SubmitMany answered, by status");
        watches = meter.CreateUpDownCounter<long>("aggregation.gateway.watch.streams", "{stream}", "Open Watch streams");
        updates = meter.CreateCounter<long>("aggregation.gateway.watch.updates", "{update}", "Totals sent to Watch streams");
        conflated = meter.CreateCounter<long>(
            "aggregation.gateway.watch.conflated", "{version}", "Versions that Watch streams went past in one update");
        lookups = meter.CreateCounter<long>("aggregation.gateway.credential.lookups", "{lookup}", "Credentials looked up, by cache hit");
    }

    public Activity? StartCall(string method) => Source.StartActivity(method);

    public void CallEnded(string method, StatusCode status)
    {
        if (calls.Enabled)
        {
            calls.Add(1, new("rpc.method", method), new("rpc.grpc.status_code", (int)status));
        }
    }

    public void ItemEnded(StatusCode status)
    {
        if (items.Enabled)
        {
            items.Add(1, new KeyValuePair<string, object?>("rpc.grpc.status_code", (int)status));
        }
    }

    public void WatchOpened() => watches.Add(1);

    public void WatchClosed() => watches.Add(-1);

    public void WatchUpdated(long versionsPassed)
    {
        updates.Add(1);
        if (versionsPassed > 0)
        {
            conflated.Add(versionsPassed);
        }
    }

    public void CredentialLookedUp(bool hit)
    {
        if (lookups.Enabled)
        {
            lookups.Add(1, new KeyValuePair<string, object?>("hit", hit));
        }
    }

    public void Dispose() => meter.Dispose();
}
