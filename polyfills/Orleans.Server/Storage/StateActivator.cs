using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>Makes the state of a grain that has none stored.</summary>
internal static class StateActivator<T>
{
    private static readonly ConstructorInfo? Constructor = typeof(T).GetConstructor(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);

    public static T Create()
    {
        if (typeof(T).IsValueType) return default!;
        return Constructor is null
            ? (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
            : (T)Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [], null);
    }
}
