using System.Diagnostics;
using Aggregation.ServiceDefaults.Tracing;
using OpenTelemetry;

namespace Aggregation.Operations.Traces;

/// <summary>Gives the store the spans of the traces that it takes: of as many requests a second as it is told, and whatever fails or is slow.</summary>
/// <param name="store">Takes them.</param>
/// <param name="most">Most traces a second; null where the sampler sees to that.</param>
internal sealed class TraceCollector(TraceStore store, PerSecond? most) : BaseProcessor<Activity>
{
    public const string Requests = "Microsoft.AspNetCore";
    public const string Gateway = "Aggregation.Gateway";

    public override void OnStart(Activity data)
    {
        if (IsRequest(data) && most?.TryTake() != false)
        {
            store.Begin(data.TraceId, new DateTimeOffset(data.StartTimeUtc));
        }
    }

    public override void OnEnd(Activity data)
    {
        if (store.Takes(data.TraceId) || data.Status == ActivityStatusCode.Error || data.GetTagItem(FailureSpans.Alone) is true
            || (IsRequest(data) && store.IsSlow(data.Duration)))
        {
            store.Add(StoredSpan.Of(data));
        }
    }

    private static bool IsRequest(Activity span) => span.Kind == ActivityKind.Server && span.Source.Name == Requests;
}
