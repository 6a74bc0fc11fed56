using Orleans.Runtime.Proxies;

namespace Orleans.Runtime;

/// <summary>Makes references.</summary>
internal sealed class GrainFactory(SiloRuntime runtime) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        var grainClass = runtime.Classes.Of(typeof(TGrainInterface), grainClassNamePrefix);
        return (TGrainInterface)(object)Of<TGrainInterface>.Type.Create(runtime, GrainId.Create(grainClass.GrainType, Key(primaryKey)));
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        var grainClass = runtime.Classes.Of(grainInterfaceType, prefix: null);
        return (IGrain)Reference(grainInterfaceType, GrainId.Create(grainClass.GrainType, Key(grainPrimaryKey)));
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)Reference(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference) throw new ArgumentException("The observer is a reference already.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        return (TGrainObserverInterface)(object)Of<TGrainObserverInterface>.Type.Create(runtime, runtime.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException("Give the reference that CreateObjectReference returned, not the observer.", nameof(obj));
        runtime.Observers.Remove(reference.GrainId);
    }

    /// <summary>A reference to a grain by one of its interfaces.</summary>
    public object Reference(Type interfaceType, GrainId id) => ProxyType.Of(interfaceType).Create(runtime, id);

    /// <summary>A reference that can be compared and cast, not called.</summary>
    public GrainReference Untyped(GrainId id) => new UntypedReference(this, id);

    private static IdSpan Key(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    private sealed class UntypedReference(GrainFactory factory, GrainId id) : GrainReference(id, default)
    {
        internal override object CastTo(Type interfaceType) => factory.Reference(interfaceType, GrainId);
    }

    private static class Of<TInterface>
    {
        public static readonly ProxyType Type = ProxyType.Of(typeof(TInterface));
    }
}
