using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime.Messages;

namespace Orleans.Runtime;

/// <summary>The types of all assemblies that use Orleans: grain classes and messages.</summary>
internal static class TypeCatalog
{
    private static readonly string Abstractions = typeof(IGrain).Assembly.GetName().Name!;
    private static readonly ConcurrentDictionary<Assembly, Type[]> Cache = new();

    public static Type[] Types() => [.. Assemblies().SelectMany(static assembly => Cache.GetOrAdd(assembly, Read))];

    public static IEnumerable<Type> GrainClasses(IEnumerable<Type> types) => types.Where(static type =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrain).IsAssignableFrom(type)
        && typeof(IGrainBase).IsAssignableFrom(type));

    /// <exception cref="OrleansConfigurationException">Two types have one alias, or two members of a type one id.</exception>
    public static void Verify(IEnumerable<Type> types)
    {
        var aliases = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            foreach (var attribute in type.GetCustomAttributes<AliasAttribute>(inherit: false))
            {
                if (aliases.TryAdd(attribute.Alias, type)) continue;
                throw new OrleansConfigurationException(
                    $"The alias \"{attribute.Alias}\" is given to both {aliases[attribute.Alias]} and {type}; aliases are unique.");
            }

            if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && Members.Refusal(type) is { } refusal)
                throw new OrleansConfigurationException(refusal);
        }
    }

    private static HashSet<Assembly> Assemblies()
    {
        var found = new HashSet<Assembly>();
        var queue = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(UsesOrleans));
        if (Assembly.GetEntryAssembly() is { } entry) queue.Enqueue(entry);
        while (queue.TryDequeue(out var assembly))
        {
            if (!found.Add(assembly)) continue;
            foreach (var name in assembly.GetReferencedAssemblies().Where(IsApplication))
            {
                if (TryLoad(name) is { } referenced && UsesOrleans(referenced)) queue.Enqueue(referenced);
            }
        }

        found.RemoveWhere(static assembly => !UsesOrleans(assembly));
        return found;
    }

    private static bool UsesOrleans(Assembly assembly) => !assembly.IsDynamic
        && Array.Exists(assembly.GetReferencedAssemblies(), static name => name.Name == Abstractions);

    private static bool IsApplication(AssemblyName name) =>
        !name.Name!.StartsWith("System", StringComparison.Ordinal) && !name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference that is not deployed holds no grains.
            return null;
        }
    }

    private static Type[] Read(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return [.. e.Types.OfType<Type>()];
        }
    }
}
