using Orleans.Runtime.Calls;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime.Filters;

/// <summary>A call about to be sent.</summary>
internal sealed class OutgoingCallContext<T>(GrainCall<T> call, IReadOnlyList<IOutgoingGrainCallFilter> filters)
    : CallContext<T>(call), IOutgoingGrainCallContext
{
    public override object Grain => Call.Proxy;

    public IGrainContext? SourceContext => Call.Caller as IGrainContext;

    protected override async Task<bool> TryFilter(int step)
    {
        if (step >= filters.Count) return false;
        await filters[step].Invoke(this);
        return true;
    }

    protected override async Task<Response> Send()
    {
        // Filters may have set what travels with the call.
        Call.Context = RequestContext.Values;
        Call.Proxy.Runtime.Dispatch(Call);
        return Response.FromResult(Call.Method.IsOneWay ? default! : await Call.Result);
    }
}
