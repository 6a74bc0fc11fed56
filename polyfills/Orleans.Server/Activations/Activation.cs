using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime.Activations;

/// <summary>One activation of a grain: its identity, object, services and timers. Its life is in the other half.</summary>
[SuppressMessage("Design", "CA1001", Justification = "What it owns is disposed when it ends.")]
internal sealed partial class Activation(SiloRuntime runtime, GrainId id, GrainClass grainClass)
    : CallTarget(grainClass.IsReentrant), IGrainContext
{
    private readonly ActivationId _activationId = ActivationId.NewId();
    private AsyncServiceScope _scope;
    private object? _instance;
    private GrainLifecycle? _lifecycle;
    private Dictionary<Type, object>? _components;
    private List<IDisposable>? _timers;
    private long _lastUsed = runtime.Now;
    private long _keptUntil;

    public GrainId GrainId => id;

    public GrainReference GrainReference => runtime.Factory.Untyped(id);

    public object? GrainInstance => _instance;

    public override object Instance => _instance!;

    public ActivationId ActivationId => _activationId;

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle ??= new GrainLifecycle();

    public GrainClass Class => grainClass;

    public SiloRuntime Runtime => runtime;

    protected override IGrainContext Context => this;

    public object? GetTarget() => _instance;

    public TComponent? GetComponent<TComponent>()
        where TComponent : class =>
        _components is not null && _components.TryGetValue(typeof(TComponent), out var component)
            ? (TComponent)component
            : _instance as TComponent;

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        if (value is not null) (_components ??= [])[typeof(TComponent)] = value;
        else _components?.Remove(typeof(TComponent));
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => id.GetHashCode();

    public override string ToString() => $"[{id} {grainClass.Type.Name} {_state}]";

    /// <summary>Keeps the activation from being collected as idle for a while; zero or less ends that.</summary>
    public void Delay(TimeSpan timeSpan) =>
        Volatile.Write(ref _keptUntil, timeSpan == TimeSpan.MaxValue
            ? long.MaxValue
            : runtime.Now + (long)Math.Min(timeSpan.TotalMilliseconds, long.MaxValue / 4));

    /// <summary>Whether it has been idle for longer than its class allows, as far as can be seen from outside.</summary>
    public bool IsIdle(long now)
    {
        if (grainClass.AgeLimit is not { } limit || _state != ActivationState.Valid || Pending > 0) return false;
        return now - Volatile.Read(ref _lastUsed) >= limit && now >= Volatile.Read(ref _keptUntil);
    }

    public void Add(IDisposable timer)
    {
        _timers ??= [];
        _timers.Add(timer);
    }

    public void Remove(IDisposable timer) => _timers?.Remove(timer);

    protected override void OnEnded(Request request)
    {
        if (request.KeepsAlive) Volatile.Write(ref _lastUsed, runtime.Now);
        if (_state == ActivationState.Deactivating && Gate.Running == 0) Post((Action)EndWhenQuiet);
    }
}
