using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Proxies;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime.Calls;

/// <summary>One call of a grain or observer, from the caller's proxy to the outcome.</summary>
internal abstract class GrainCall : Request, IInvokable
{
    private object? _filteredTarget;

    /// <summary>What is called; set by <see cref="Addressed"/>.</summary>
    public GrainProxy Proxy { get; private set; } = null!;

    /// <summary>The activation that made the call; null outside grains.</summary>
    public CallTarget? Caller { get; private set; }

    /// <summary>The call in whose course this one was made, while it lasts.</summary>
    public GrainCall? Parent { get; set; }

    /// <summary>The request context that travels with it.</summary>
    public ImmutableDictionary<string, object>? Context { get; set; }

    /// <summary>The span that it continues, if activities are propagated.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>The target that has accepted it.</summary>
    public CallTarget? Target { get; set; }

    /// <summary>How many times its target ended before it could start.</summary>
    public int Forwards { get; set; }

    /// <summary>When it was made, if latencies are measured; else 0.</summary>
    public long StartedAt { get; set; }

    /// <summary>Its place among the calls that await an outcome.</summary>
    internal PendingLink Link;

    public abstract MethodEntry Method { get; }

    /// <summary>The caller's task.</summary>
    public abstract Task Outcome { get; }

    public GrainId TargetId => Proxy.GrainId;

    public override bool IsReadOnly => Method.IsReadOnly;

    public override bool IsAlwaysInterleave => Method.IsAlwaysInterleave;

    public override bool IsAbandoned => !Method.IsOneWay && Outcome.IsCompleted;

    public bool IsCancellable => Method.IsCancellable;

    /// <summary>Cancels the token that the callee sees.</summary>
    protected CancellationTokenSource? Cancellation { get; private set; }

    private CancellationTokenRegistration CallerCancellation { get; set; }

    /// <summary>Sets where the call goes and where it comes from.</summary>
    public void Addressed(GrainProxy proxy, CallTarget? caller)
    {
        Proxy = proxy;
        Caller = caller;
        Parent = caller?.Active as GrainCall;
        Context = RequestContext.Values;
    }

    /// <summary>Gives the callee a token of its own, cancelled on its turn when the caller's is.</summary>
    public void LinkCancellation()
    {
        var token = GetCancellationToken();
        Cancellation = new CancellationTokenSource();
        SetCancellationToken(Cancellation.Token);
        if (!token.CanBeCanceled) return;
        CallerCancellation = token.UnsafeRegister(
            static (call, cancelled) =>
            {
                ((GrainCall)call!).SetCanceled(cancelled);
                ((GrainCall)call).TryCancel();
            },
            this);
    }

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object value);

    public virtual CancellationToken GetCancellationToken() => default;

    /// <summary>Calls the method and returns the outcome for the filters.</summary>
    public abstract ValueTask<Response> Invoke();

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;

    public string GetActivityName() => Method.ActivityName;

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.InterfaceType;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    public object? GetTarget() => _filteredTarget ?? Target?.Instance;

    public void SetTarget(ITargetHolder holder) => _filteredTarget = holder.GetTarget();

    public bool TryCancel()
    {
        if (Cancellation is not { } source) return false;
        if (Target is { } target) target.Post((Action)source.Cancel);
        else source.Cancel();
        return true;
    }

    public void Dispose() => CallerCancellation.Dispose();

    public override string ToString() => $"{Method}({TargetId})";

    /// <summary>Ends the caller's wait because its token was cancelled.</summary>
    protected abstract void SetCanceled(CancellationToken token);

    public virtual void SetCancellationToken(CancellationToken token)
    {
    }

    /// <summary>Records how long the outcome took, before the caller goes on.</summary>
    protected void Measure()
    {
        if (StartedAt != 0) Proxy.Runtime.Instruments.Answered(StartedAt);
        StartedAt = 0;
    }

    /// <summary>Ends what the call held on to.</summary>
    protected void Release()
    {
        Parent = null;
        if (Cancellation is not null) CallerCancellation.Dispose();
        if (Link.Owner is { } owner) owner.Remove(this);
    }
}
