using System.Diagnostics;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Filters;
using Orleans.Runtime.Telemetry;

namespace Orleans.Runtime.Calls;

/// <summary>The paths of calls that pass filters or are traced; other calls do not come here.</summary>
internal static class CallInterception
{
    public static async Task<T> Outgoing<T>(GrainCall<T> call)
    {
        var runtime = call.Proxy.Runtime;
        using var activity = runtime.Tracing.Start(call, ActivityKind.Client, default);
        if (activity is not null) call.Trace = activity.Context;
        try
        {
            if (runtime.OutgoingFilters.Count == 0)
            {
                runtime.Dispatch(call);
                return await call.Result;
            }

            var context = new OutgoingCallContext<T>(call, runtime.OutgoingFilters);
            await context.Invoke();
            return context.TypedResult;
        }
        catch (Exception exception)
        {
            CallTracing.Fail(activity, exception);
            throw;
        }
    }

    public static async Task<T> Incoming<T>(GrainCall<T> call, CallTarget target)
    {
        var runtime = call.Proxy.Runtime;
        using var activity = runtime.Tracing.Start(call, ActivityKind.Server, call.Trace);
        try
        {
            if (runtime.IncomingFilters.Count == 0 && target.Instance is not IIncomingGrainCallFilter)
            {
                var work = call.Begin(target.Instance);
                await work;
                return call.ResultOf(work);
            }

            var context = new IncomingCallContext<T>(call, target, runtime.IncomingFilters);
            await context.Invoke();
            return context.TypedResult;
        }
        catch (Exception exception)
        {
            CallTracing.Fail(activity, exception);
            throw;
        }
    }
}
