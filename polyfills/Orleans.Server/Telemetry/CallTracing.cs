using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Telemetry;

/// <summary>Spans of calls: one of kind client at the caller, one of kind server at the grain.</summary>
internal sealed class CallTracing(bool isEnabled)
{
    private static readonly ActivitySource Application = new(ActivitySources.ApplicationGrainActivitySourceName, "1.0.0");

    /// <summary>Whether anybody wants spans.</summary>
    public bool IsOn => isEnabled && Application.HasListeners();

    public Activity? Start(GrainCall call, ActivityKind kind, ActivityContext parent)
    {
        if (!IsOn || call.Proxy.IsObserver) return null;
        var activity = kind == ActivityKind.Client
            ? Application.StartActivity(call.Method.ActivityName, kind)
            : Application.StartActivity(call.Method.ActivityName, kind, parent);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("rpc.system.name", "orleans");
            activity.SetTag("orleans.rpc.service", call.Method.InterfaceType.FullName);
            activity.SetTag("rpc.method", $"{call.Method.InterfaceType.FullName}/{call.Method.Name}");
            activity.SetTag("orleans.rpc.target_id", call.TargetId.ToString());
            if (call.Caller is IGrainContext source) activity.SetTag("orleans.rpc.source_id", source.GrainId.ToString());
        }

        return activity;
    }

    public static void Fail(Activity? activity, Exception exception)
    {
        if (activity is null) return;
        activity.SetStatus(ActivityStatusCode.Error);
        activity.AddException(exception);
    }
}
