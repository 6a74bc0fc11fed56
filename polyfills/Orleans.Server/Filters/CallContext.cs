using System.Reflection;
using Orleans.Runtime.Calls;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime.Filters;

/// <summary>A call on its way through a list of filters.</summary>
internal abstract class CallContext<T>(GrainCall<T> call) : IGrainCallContext
{
    private int _step;

    public IInvokable Request => call;

    public abstract object Grain { get; }

    public GrainId? SourceId => (call.Caller as IGrainContext)?.GrainId;

    public GrainId TargetId => call.TargetId;

    public GrainInterfaceType InterfaceType => call.Proxy.InterfaceType;

    public string InterfaceName => call.Method.InterfaceName;

    public string MethodName => call.Method.Name;

    public MethodInfo InterfaceMethod => call.Method.Method;

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public Response? Response { get; set; }

    /// <summary>The result as the caller gets it.</summary>
    public T TypedResult => Response is { } response
        ? response.Result is T result ? result : default!
        : throw new InvalidOperationException($"The filters of {call.Method} neither called Invoke nor set a result.");

    protected GrainCall<T> Call => call;

    public async Task Invoke()
    {
        if (await TryFilter(_step++)) return;
        Response = await Send();
        if (Response.Exception is { } exception) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
    }

    /// <summary>Runs the filter at <paramref name="step"/>; false if there are no more.</summary>
    protected abstract Task<bool> TryFilter(int step);

    /// <summary>Makes the call after the last filter.</summary>
    protected abstract Task<Response> Send();
}
