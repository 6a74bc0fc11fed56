using System.Reflection;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Calls;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime.Filters;

/// <summary>A call that has arrived; the grain itself is the last filter if it is one.</summary>
internal sealed class IncomingCallContext<T>(GrainCall<T> call, CallTarget target, IReadOnlyList<IIncomingGrainCallFilter> filters)
    : CallContext<T>(call), IIncomingGrainCallContext
{
    public override object Grain => target.Instance;

    public IGrainContext TargetContext => (IGrainContext)target;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = target.Instance.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    protected override async Task<bool> TryFilter(int step)
    {
        var filter = step < filters.Count ? filters[step]
            : step == filters.Count ? target.Instance as IIncomingGrainCallFilter
            : null;
        if (filter is null) return false;
        await filter.Invoke(this);
        return true;
    }

    protected override async Task<Response> Send() => await Call.Invoke();
}
