using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Rollups.Watching;
using Aggregation.ServiceDefaults.Tracing;
using Grpc.Core;

namespace Aggregation.Gateway.Telemetry;

/// <summary>The gateway's spans and instruments; source and meter <c>Aggregation.Gateway</c>. No unit is a tag of a metric; tenants are, up to a number.</summary>
internal sealed class GatewayTelemetry : IDisposable
{
    public const string Name = "Aggregation.Gateway";

    private static readonly ActivitySource Source = new(Name);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly KeyValuePair<string, object?> Grpc = new("rpc.system.name", "grpc");
    private static readonly KeyValuePair<string, object?> Ok = new("outcome", "ok");
    private static readonly KeyValuePair<string, object?> Refused = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> Failed = new("outcome", "failed");
    private static readonly KeyValuePair<string, object?> Hit = new("hit", true);
    private static readonly KeyValuePair<string, object?> Miss = new("hit", false);

    private readonly Meter meter;
    private readonly TenantLabels tenants;
    private readonly FailureSpans failures;
    private readonly CallNames names = new();
    private readonly Histogram<double> duration;
    private readonly Counter<long> items;
    private readonly Counter<long> lookups;
    private readonly Counter<long> tenantCalls;
    private readonly Histogram<double> tenantSubmits;
    private int watches;
    private long updates;
    private long conflated;

    public GatewayTelemetry(IMeterFactory meters, TenantLabels tenants, FailureSpans failures)
    {
        this.tenants = tenants;
        this.failures = failures;
        meter = meters.Create(Name);
        duration = meter.CreateHistogram(
            "rpc.server.call.duration", "s", "Calls ended, of every kind, from their decoded request to their end", advice: Seconds);
        items = meter.CreateCounter<long>("aggregation.gateway.batch.items", "{item}", "Items of batches answered, by status");
        lookups = meter.CreateCounter<long>("aggregation.gateway.credential.lookups", "{lookup}", "Credentials looked up, by cache hit");
        tenantCalls = meter.CreateCounter<long>("aggregation.gateway.tenant.calls", "{call}", "Authenticated calls of a tenant ended");
        tenantSubmits = meter.CreateHistogram(
            "aggregation.gateway.tenant.submit.duration", "s", "Submissions of a tenant, from request to answer", advice: Seconds);
        meter.CreateObservableUpDownCounter(
            "aggregation.gateway.watch.streams", () => Volatile.Read(ref watches), "{stream}", "Open Watch streams");
        meter.CreateObservableCounter(
            "aggregation.gateway.watch.updates", () => Volatile.Read(ref updates), "{update}", "Totals sent to Watch streams");
        meter.CreateObservableCounter(
            "aggregation.gateway.watch.conflated", () => Volatile.Read(ref conflated), "{version}",
            "Versions that Watch streams went past in one update");
    }

    /// <summary>The span of the call, or item, that is served now; null where it is not traced. ASP.NET's own may be there all the same.</summary>
    public static Activity? Current =>
        Source.HasListeners() && Activity.Current is { IsAllDataRequested: true } activity && activity.Source == Source ? activity : null;

    public CallSpan StartCall(ServerCallContext context) => new(
        Source.StartActivity(names.Of(context.Method).Name, ActivityKind.Server), Stopwatch.GetTimestamp());

    /// <summary>A call ended; its span too.</summary>
    public void CallEnded(in CallSpan call, ServerCallContext context, StatusCode code, bool isUnary)
    {
        var name = names.Of(context.Method);
        var status = CallStatus.Of(code);
        var tenant = context.TenantIfKnown();
        if (call.Activity is { IsAllDataRequested: true } activity)
        {
            Describe(activity, name, context.Host, tenant, status, isUnary);
        }
        else if (code != StatusCode.OK && name.IsOwn)
        {
            AddFailure(call, name, context.Host, tenant, status, isUnary);
        }

        if (duration.Enabled)
        {
            var seconds = Stopwatch.GetElapsedTime(call.Began).TotalSeconds;
            Record(seconds, name, status);
            if (name.IsSubmit && tenant is not null)
            {
                tenantSubmits.Record(seconds, tenants.Of(tenant), Outcome(code, status));
            }
        }

        if (tenant is not null && tenantCalls.Enabled)
        {
            tenantCalls.Add(1, tenants.Of(tenant), Outcome(code, status));
        }
    }

    /// <summary>One item of a batch begins: a call within a call.</summary>
    public static CallSpan StartItem(string name, ServerCallContext context)
    {
        var activity = Source.StartActivity(name);
        activity?.SetTag("aggregation.tenant", context.Caller().Tenant);
        return new CallSpan(activity, Stopwatch.GetTimestamp());
    }

    public void ItemEnded(in CallSpan item, StatusCode code)
    {
        var status = CallStatus.Of(code);
        items.Add(1, status.Code);
        if (item.Activity is { IsAllDataRequested: true } activity)
        {
            Describe(activity, status);
        }
    }

    /// <summary>An item that was a submission.</summary>
    public void SubmissionEnded(in CallSpan item, string tenant, StatusCode code)
    {
        if (tenantSubmits.Enabled)
        {
            tenantSubmits.Record(Stopwatch.GetElapsedTime(item.Began).TotalSeconds, tenants.Of(tenant), Outcome(code, CallStatus.Of(code)));
        }
    }

    public void WatchOpened() => Interlocked.Increment(ref watches);

    public void WatchClosed() => Interlocked.Decrement(ref watches);

    /// <summary>
    /// A total goes out to a stream: a span in the trace of the last change that it shows, with a link to every one that is traced and newer
    /// than what the stream has seen, and to the stream's own call. None where no change is traced, nor for a total that a stream begins with: the
    /// stream asked for it.
    /// </summary>
    public static Activity? StartUpdate(LedgerFeed.Update update, LedgerVersion? seen)
    {
        if (seen is null || update.Causes.IsDefaultOrEmpty || !Source.HasListeners())
        {
            return null;
        }

        var links = new List<ActivityLink>();
        foreach (var cause in update.Causes)
        {
            if (cause.Version > seen && ActivityContext.TryParse(cause.TraceParent, null, isRemote: true, out var context))
            {
                links.Add(new ActivityLink(context));
            }
        }

        if (links.Count == 0)
        {
            return null;
        }

        var parent = links[^1].Context;
        if (Activity.Current is { Recorded: true } stream)
        {
            links.Add(new ActivityLink(stream.Context));
        }

        return Source.StartActivity("watch update", ActivityKind.Producer, parent, links: links);
    }

    public void WatchUpdated(long versionsPassed)
    {
        Interlocked.Increment(ref updates);
        if (versionsPassed > 0)
        {
            Interlocked.Add(ref conflated, versionsPassed);
        }
    }

    public void CredentialLookedUp(bool hit) => lookups.Add(1, hit ? Hit : Miss);

    public void Dispose() => meter.Dispose();

    private void Record(double seconds, CallName name, CallStatus status)
    {
        if (status.IsFault)
        {
            duration.Record(seconds, Grpc, name.Method, status.Code, status.Error);
        }
        else
        {
            duration.Record(seconds, Grpc, name.Method, status.Code);
        }
    }

    /// <summary>Apart from who calls it, so that a call which succeeds allocates nothing for it.</summary>
    private void AddFailure(in CallSpan call, CallName name, string host, string? tenant, CallStatus status, bool isUnary) => failures.Add(
        Source, name.Name, Stopwatch.GetElapsedTime(call.Began), span => Describe(span, name, host, tenant, status, isUnary));

    private static void Describe(Activity span, CallName name, string host, string? tenant, CallStatus status, bool isUnary)
    {
        var server = new HostString(host);
        span.SetTag(Grpc.Key, Grpc.Value).SetTag(name.Method.Key, name.Method.Value)
            .SetTag("server.address", server.Host).SetTag("server.port", server.Port).SetTag("aggregation.tenant", tenant);
        if (!isUnary)
        {
            // How long it takes is its client's choice.
            span.SetTag("aggregation.stream", true);
        }

        Describe(span, status);
    }

    private static void Describe(Activity span, CallStatus status)
    {
        span.SetTag(status.Code.Key, status.Code.Value);
        if (status.IsFault)
        {
            span.SetTag(status.Error.Key, status.Error.Value).SetStatus(ActivityStatusCode.Error);
        }
    }

    private static KeyValuePair<string, object?> Outcome(StatusCode code, CallStatus status) =>
        code == StatusCode.OK ? Ok : status.IsFault ? Failed : Refused;
}

/// <summary>A call, or an item of one, that has begun.</summary>
internal readonly record struct CallSpan(Activity? Activity, long Began) : IDisposable
{
    public void Dispose() => Activity?.Dispose();
}
