using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Calls;
using Orleans.Runtime.Messages;
using Orleans.Runtime.Observers;
using Orleans.Runtime.Proxies;
using Orleans.Runtime.Telemetry;

namespace Orleans.Runtime;

/// <summary>One silo: where calls find their grains.</summary>
internal sealed class SiloRuntime : IDisposable
{
    private readonly SiloMessagingOptions _messaging;
    private readonly PendingCalls _pending = new();
    private readonly TimeSpan _tick;
    private readonly int _defaultTicks;
    private readonly Lazy<IIncomingGrainCallFilter[]> _incoming;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _outgoing;
    private readonly long _started;
    private long _now;

    public SiloRuntime(
        IServiceProvider services,
        TimeProvider time,
        ILogger<SiloRuntime> log,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        TracingChoice tracing)
    {
        Services = services;
        Time = time;
        Log = log;
        _messaging = messaging.Value;
        Collection = collection.Value;
        OptionsRules.Verify(_messaging);
        OptionsRules.Verify(Collection);
        _tick = TimeSpan.FromMilliseconds(Math.Clamp(_messaging.ResponseTimeout.TotalMilliseconds / 8, 10, 250));
        _defaultTicks = Ticks(_messaging.ResponseTimeout);
        _started = time.GetTimestamp();
        var types = TypeCatalog.Types();
        TypeCatalog.Verify(types);
        Classes = new GrainClasses(TypeCatalog.GrainClasses(types).Select(type => new GrainClass(type, Collection)));
        Directory = new ActivationDirectory(this);
        Observers = new ObserverDirectory();
        Factory = new GrainFactory(this);
        Tracing = new CallTracing(tracing.IsOn);
        Instruments = new Instruments(() => Directory.Count);
        _incoming = new(() => [.. services.GetServices<IIncomingGrainCallFilter>()]);
        _outgoing = new(() => [.. services.GetServices<IOutgoingGrainCallFilter>()]);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public GrainCollectionOptions Collection { get; }

    public GrainClasses Classes { get; }

    public ActivationDirectory Directory { get; }

    public ObserverDirectory Observers { get; }

    public GrainFactory Factory { get; }

    public CallTracing Tracing { get; }

    public Instruments Instruments { get; }

    public SiloState State { get; set; }

    /// <summary>How often time advances.</summary>
    public TimeSpan Tick => _tick;

    /// <summary>Milliseconds since the silo was made, as of the last tick.</summary>
    public long Now => Volatile.Read(ref _now);

    public IReadOnlyList<IIncomingGrainCallFilter> IncomingFilters => _incoming.Value;

    public IReadOnlyList<IOutgoingGrainCallFilter> OutgoingFilters => _outgoing.Value;

    public bool InterceptsIncoming(CallTarget target) =>
        (_incoming.Value.Length > 0 && target is Activation) || target.Instance is IIncomingGrainCallFilter || Tracing.IsOn;

    /// <summary>Sends a call and returns the caller's task.</summary>
    public Task<T> Send<T>(GrainProxy proxy, GrainCall<T> call)
    {
        var caller = CallTarget.Current;
        call.Addressed(proxy, caller);
        if (call.Context is { } context) MessageContext.Verify(context);
        var method = call.Method;
        if (method.IsCancellable)
        {
            var token = call.GetCancellationToken();
            if (token.IsCancellationRequested) return Task.FromCanceled<T>(token);
            call.LinkCancellation();
        }

        if (method.IsOneWay)
        {
            if (Intercepts(proxy)) _ = ObserveAsync(CallInterception.Outgoing(call), call);
            else Dispatch(call);
            return Completed<T>.Task;
        }

        if (Instruments.MeasuresLatency) call.StartedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        _pending.Add(call, method.ResponseTimeout is { } timeout ? Ticks(timeout) : _defaultTicks);
        if (Intercepts(proxy)) return CallInterception.Outgoing(call);
        Dispatch(call);
        return call.Result;
    }

    /// <summary>Hands a call to its target, or fails it.</summary>
    public void Dispatch(GrainCall call)
    {
        try
        {
            while (true)
            {
                var target = Find(call);
                call.Target = target;
                Limit(call, target);
                if (target.TryPost(call)) return;
            }
        }
        catch (Exception exception) when (exception is OrleansException or ArgumentException)
        {
            Instruments.Rejected();
            call.Fail(exception);
        }
    }

    /// <summary>Sends on what an activation that has ended did not start.</summary>
    public void Forward(List<Request> requests)
    {
        foreach (var request in requests)
        {
            if (request is not GrainCall call) request.Fail(new SiloUnavailableException("The activation has ended."));
            else if (++call.Forwards <= Math.Max(1, _messaging.MaxForwardCount)) Dispatch(call);
            else call.Fail(new SiloUnavailableException($"{call} was sent on {call.Forwards} times, each time to an activation that ended."));
        }
    }

    /// <summary>Time advances by one tick: calls that are due time out.</summary>
    public void Advance()
    {
        Volatile.Write(ref _now, (long)Time.GetElapsedTime(_started).TotalMilliseconds);
        var expired = _pending.Sweep();
        if (expired.Count == 0) return;
        var open = _pending.Snapshot();
        var failures = expired.ConvertAll(call => (call, message: CallChain.Describe(call, open, TimeoutOf(call))));
        foreach (var (call, message) in failures)
        {
            if (call.Outcome.IsCompleted) continue;
            Instruments.TimedOut();
            SiloLog.TimedOut(Log, call.ToString(), message);
            call.Fail(new TimeoutException(message));
            if (_messaging.CancelRequestOnTimeout) call.TryCancel();
        }
    }

    /// <summary>A call failed, and its caller does not wait for it or no longer does.</summary>
    public void OnUnobserved(GrainCall call, Exception exception)
    {
        if (call.Method.IsOneWay) SiloLog.Unobserved(Log, exception, call.ToString());
    }

    public void Dispose() => Instruments.Dispose();

    private CallTarget Find(GrainCall call)
    {
        if (call.Proxy.IsObserver) return Observers.Find(call.TargetId);
        if (State == SiloState.Running || (State == SiloState.Stopping && call.Caller is not null)) return Directory.Find(call.TargetId);
        throw new SiloUnavailableException($"{call} was refused: the silo is {State switch
        {
            SiloState.Created => "not started yet",
            SiloState.Stopping => "stopping",
            _ => "stopped",
        }}.");
    }

    private void Limit(GrainCall call, CallTarget target)
    {
        if (target is not Activation) return;
        var hard = _messaging.MaxEnqueuedRequestsHardLimit;
        var soft = _messaging.MaxEnqueuedRequestsSoftLimit;
        if (hard <= 0 && soft <= 0) return;
        var count = target.Pending;
        if (hard > 0 && count > hard)
            throw new LimitExceededException(nameof(_messaging.MaxEnqueuedRequestsHardLimit), count, hard, target.ToString()!);
        if (soft > 0 && count > soft) SiloLog.Overloaded(Log, call.TargetId, count, soft);
    }

    private bool Intercepts(GrainProxy proxy) => Tracing.IsOn || (_outgoing.Value.Length > 0 && !proxy.IsObserver);

    private int Ticks(TimeSpan timeout) => (int)Math.Min(Math.Ceiling(timeout / _tick), int.MaxValue / 2);

    private TimeSpan TimeoutOf(GrainCall call) => call.Method.ResponseTimeout ?? _messaging.ResponseTimeout;

    private async Task ObserveAsync(Task work, GrainCall call)
    {
        try
        {
            await work;
        }
        catch (OrleansException exception)
        {
            OnUnobserved(call, exception);
        }
    }

    private static class Completed<T>
    {
        public static readonly Task<T> Task = System.Threading.Tasks.Task.FromResult<T>(default!);
    }
}
