using System.Collections.Concurrent;

namespace Orleans.Runtime.Proxies;

/// <summary>The emitted class of one interface; made once per process.</summary>
internal sealed class ProxyType
{
    private static readonly ConcurrentDictionary<Type, Lazy<ProxyType>> Types = new();

    private readonly Func<SiloRuntime, GrainId, GrainInterfaceType, GrainProxy> _create;

    private ProxyType(Type interfaceType)
    {
        InterfaceType = new GrainInterfaceType(interfaceType.FullName ?? interfaceType.Name);
        _create = ProxyEmitter.Emit(interfaceType);
    }

    public GrainInterfaceType InterfaceType { get; }

    public static ProxyType Of(Type interfaceType) =>
        Types.GetOrAdd(interfaceType, static type => new Lazy<ProxyType>(() => new ProxyType(type))).Value;

    public GrainProxy Create(SiloRuntime runtime, GrainId id) => _create(runtime, id, InterfaceType);
}
