using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Orleans.Runtime.Activations;

/// <summary>The grain classes of a silo, by name and by interface.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byName;
    private readonly ConcurrentDictionary<Type, GrainClass> _byInterface = new();

    public int Count => _byName.Count;

    public GrainClasses(IEnumerable<GrainClass> classes)
    {
        var byName = new Dictionary<GrainType, GrainClass>();
        foreach (var grainClass in classes)
        {
            if (byName.TryAdd(grainClass.GrainType, grainClass)) continue;
            throw new OrleansConfigurationException(
                $"The grain classes {byName[grainClass.GrainType].Type} and {grainClass.Type} are both named "
                + $"\"{grainClass.GrainType}\"; give one of them another name with [GrainType(\"…\")].");
        }

        _byName = byName.ToFrozenDictionary();
    }

    public GrainClass Of(GrainType name) => _byName.TryGetValue(name, out var grainClass)
        ? grainClass
        : throw new ArgumentException($"Could not find a grain class for grain type \"{name}\".");

    /// <summary>The class that implements an interface; of several, the one whose name starts with the prefix.</summary>
    public GrainClass Of(Type interfaceType, string? prefix) => prefix is null
        ? _byInterface.TryGetValue(interfaceType, out var known) ? known : _byInterface.GetOrAdd(interfaceType, type => Find(type, null))
        : Find(interfaceType, prefix);

    private GrainClass Find(Type interfaceType, string? prefix)
    {
        GrainClass[] found = [.. _byName.Values.Where(grainClass => interfaceType.IsAssignableFrom(grainClass.Type)
            && (prefix is null || grainClass.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal)))];
        return found switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}."),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: "
                + $"{string.Join(", ", found.Select(static grainClass => grainClass.Type.ToString()).Order())}"),
        };
    }
}
