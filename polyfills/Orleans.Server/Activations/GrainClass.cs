using System.Reflection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime.Activations;

/// <summary>A grain class: its name, its rules and how its objects are made.</summary>
internal sealed class GrainClass
{
    private readonly GrainConstructor _constructor;

    public GrainClass(Type type, GrainCollectionOptions options)
    {
        Type = type;
        GrainType = NameOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        AgeLimit = Limit(type, options);
        _constructor = new GrainConstructor(type);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>Milliseconds of idleness after which an activation may be collected; null for never.</summary>
    public long? AgeLimit { get; }

    public static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } attribute) return attribute.GetGrainType(null!, type);
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
    }

    public object Create(Activation activation) => _constructor.Create(activation);

    private static long? Limit(Type type, GrainCollectionOptions options)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), inherit: true)) return null;
        var attribute = type.GetCustomAttribute<CollectionAgeLimitAttribute>(inherit: true);
        if (attribute?.AlwaysActive == true) return null;
        if (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var specific)) return (long)specific.TotalMilliseconds;
        return (long)(attribute?.AgeLimit ?? options.CollectionAge).TotalMilliseconds;
    }
}
