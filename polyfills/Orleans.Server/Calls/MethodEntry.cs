using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime.Calls;

/// <summary>What is known of a grain method once and for all its calls.</summary>
internal sealed class MethodEntry
{
    public MethodEntry(Type interfaceType, MethodInfo method)
    {
        InterfaceType = interfaceType;
        Method = method;
        InterfaceName = interfaceType.FullName ?? interfaceType.Name;
        ActivityName = $"{interfaceType.Name}/{method.Name}";
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        IsCancellable = Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType == typeof(CancellationToken));
    }

    public Type InterfaceType { get; }

    public MethodInfo Method { get; }

    public string Name => Method.Name;

    public string InterfaceName { get; }

    public string ActivityName { get; }

    public bool IsReadOnly { get; }

    public bool IsAlwaysInterleave { get; }

    public bool IsOneWay { get; }

    public bool IsCancellable { get; }

    public TimeSpan? ResponseTimeout { get; }

    public override string ToString() => $"{InterfaceType.Name}.{Name}";
}
