using System.Collections.Concurrent;

namespace Orleans.Runtime.Messages;

/// <summary>Finds the rule of each type; a rule is made once.</summary>
internal static class TypeRules
{
    private static readonly ConcurrentDictionary<Type, TypeRule> Rules = new();

    public static TypeRule For(Type type) => Rules.TryGetValue(type, out var rule) ? rule : Rules.GetOrAdd(type, Create);

    /// <summary>Whether values of a place declared as <paramref name="declared"/> never need to be looked at.</summary>
    public static bool IsStaticallyShared(Type declared) => IsStaticallyShared(declared, []);

    private static bool IsStaticallyShared(Type declared, HashSet<Type> visiting)
    {
        if (declared == typeof(object)) return false;
        if (KnownTypes.IsLeaf(declared)) return declared.IsSealed || declared.IsValueType || declared == typeof(Uri);
        if (!declared.IsSealed || !visiting.Add(declared)) return false;
        try
        {
            if (Nullable.GetUnderlyingType(declared) is { } underlying) return IsStaticallyShared(underlying, visiting);
            if (declared.IsGenericType && CollectionRules.IsImmutableContainer(declared.GetGenericTypeDefinition()))
                return Array.TrueForAll(declared.GetGenericArguments(), argument => IsStaticallyShared(argument, visiting));
            return IsMarked(declared)
                && declared.IsDefined(typeof(ImmutableAttribute), inherit: false)
                && Members.Refusal(declared) is null
                && Members.Of(declared).TrueForAll(member => IsStaticallyShared(member.Type, visiting));
        }
        finally
        {
            visiting.Remove(declared);
        }
    }

    private static TypeRule Create(Type type)
    {
        if (KnownTypes.IsLeaf(type)) return SharedRule.Instance;
        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return new RefusedRule(
                $"{type} is a grain or an observer and cannot be sent itself: send this.AsReference<T>() for a grain, "
                + "CreateObjectReference<T>(observer) for an observer.");
        }

        if (CollectionRules.TryCreate(type) is { } collection) return collection;
        if (CollectionRules.IsTuple(type)) return new ObjectRule(type, Members.AllFields(type), isImmutable: false);
        if (!IsMarked(type)) return new RefusedRule(Unmarked(type));
        if (Members.Refusal(type) is { } refusal) return new RefusedRule(refusal);
        if (IsStaticallyShared(type)) return SharedRule.Instance;
        var isImmutable = type.IsDefined(typeof(ImmutableAttribute), inherit: false);
        return new ObjectRule(type, Members.Of(type), isImmutable);
    }

    private static bool IsMarked(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    private static string Unmarked(Type type) =>
        $"Could not find a codec for type {type}: it is neither a type that Orleans knows nor marked [GenerateSerializer].";
}
