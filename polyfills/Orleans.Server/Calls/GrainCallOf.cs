using Orleans.Runtime.Activations;
using Orleans.Runtime.Messages;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.Runtime.Calls;

/// <summary>A call with its result type; a derived class per method holds the arguments.</summary>
internal abstract class GrainCall<T> : GrainCall
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _work;

    public override Task Outcome => _outcome.Task;

    /// <summary>The caller's task.</summary>
    public Task<T> Result => _outcome.Task;

    /// <summary>Calls the method; methods without a result return any task.</summary>
    public abstract Task Begin(object target);

    /// <summary>The result of a task that <see cref="Begin"/> returned.</summary>
    public virtual T ResultOf(Task task) => ((Task<T>)task).Result;

    public override void Start(CallTarget target)
    {
        try
        {
            if (Context is { } context) RequestContext.Values = context;
            _work = Proxy.Runtime.InterceptsIncoming(target) ? CallInterception.Incoming(this, target) : Begin(target.Instance);
            if (_work is null) throw new InvalidOperationException($"{Method} returned null instead of a task.");
        }
#pragma warning disable CA1031 // Whatever the grain throws belongs to the caller.
        catch (Exception exception)
        {
            target.End(this);
            Fail(exception, target);
            return;
        }
#pragma warning restore CA1031

        if (_work.IsCompleted) Finish(target);
        else _work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(OnWorkCompleted);
    }

    public override void Finish(CallTarget target)
    {
        // The target is free before the caller goes on: its next call must not count beside this one.
        var work = _work!;
        try
        {
            // Rethrows what the method threw, with its own stack.
            if (!work.IsCompletedSuccessfully) work.GetAwaiter().GetResult();
            var result = Outgoing(ResultOf(work));
            target.End(this);
            Succeed(result);
        }
#pragma warning disable CA1031 // Whatever the grain throws belongs to the caller.
        catch (Exception exception)
        {
            target.End(this);
            Fail(exception, target);
        }
#pragma warning restore CA1031
    }

    public void Succeed(T result)
    {
        Measure();
        _outcome.TrySetResult(result);
        Release();
    }

    public override void Fail(Exception exception)
    {
        Measure();
        if (Method.IsOneWay || !_outcome.TrySetException(exception)) Proxy.Runtime.OnUnobserved(this, exception);
        Release();
    }

    public override async ValueTask<Response> Invoke()
    {
        var work = Begin(GetTarget()!);
        await work;
        return typeof(T) == typeof(Nothing) ? Response.Completed : Response.FromResult(ResultOf(work));
    }

    protected override void SetCanceled(CancellationToken token)
    {
        _outcome.TrySetCanceled(token);
        Release();
    }

    /// <summary>An activation that has met a version not its own holds stale state: it ends, and the next call reads anew.</summary>
    private void Fail(Exception exception, CallTarget target)
    {
        if (exception is InconsistentStateException { IsSourceActivation: true } conflict && target is Activation activation)
        {
            conflict.IsSourceActivation = false;
            activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "Its state was written elsewhere."));
        }

        Fail(exception);
    }

    private void OnWorkCompleted() => Target!.OnCompleted(this);

    private T Outgoing(T result)
    {
        if (Slot<T>.IsShared) return result;
        try
        {
            return Slot<T>.Send(result);
        }
        catch (CodecNotFoundException e)
        {
            throw new CodecNotFoundException($"The result of {Method}: {e.Message}");
        }
    }
}

/// <summary>A call of a method without a result.</summary>
internal abstract class VoidCall : GrainCall<Nothing>
{
    public override Nothing ResultOf(Task task) => default;
}
