using System.Reflection;

namespace Orleans.Runtime.Proxies;

/// <summary>What a grain or observer interface must look like.</summary>
internal static class InterfaceRules
{
    /// <summary>The methods to implement, inherited ones included.</summary>
    public static IEnumerable<MethodInfo> Methods(Type interfaceType) =>
        interfaceType.GetInterfaces().Prepend(interfaceType)
            .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public));

    /// <exception cref="OrleansConfigurationException">The interface cannot be called; the message names the fault.</exception>
    public static void Verify(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
            throw Fault($"{interfaceType} is no grain or observer interface.");
        if (!interfaceType.IsVisible) throw Fault($"The interface {interfaceType} must be public, and so must the types around it.");
        var isObserver = typeof(IGrainObserver).IsAssignableFrom(interfaceType);
        foreach (var method in Methods(interfaceType)) Verify(method, isObserver);
    }

    private static void Verify(MethodInfo method, bool isObserver)
    {
        var name = $"{method.DeclaringType}.{method.Name}";
        if (method.IsSpecialName) throw Fault($"{name}: a grain interface has methods only, no properties or events.");
        if (method.IsGenericMethodDefinition) throw Fault($"{name}: generic methods are not supported here.");
        if (Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType.IsByRef))
            throw Fault($"{name}: arguments cannot be passed by reference.");
        if (!IsAwaitable(method.ReturnType) && !(isObserver && method.ReturnType == typeof(void)))
            throw Fault($"{name} must return Task, Task<T>, ValueTask or ValueTask<T>; only an observer's method may return void.");
    }

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is { } definition
            && (definition == typeof(Task<>) || definition == typeof(ValueTask<>)));

    private static OrleansConfigurationException Fault(string message) => new(message);
}
