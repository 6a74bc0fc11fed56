using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime.Messages;

/// <summary>The collections which need no attribute.</summary>
internal static class CollectionRules
{
    private static readonly FrozenSet<Type> ImmutableContainers = new[]
    {
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(KeyValuePair<,>), typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    }.ToFrozenSet();

    private static readonly FrozenDictionary<Type, string> Factories = new Dictionary<Type, string>
    {
        [typeof(List<>)] = nameof(List),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(Collection<>)] = nameof(Collection),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnlyCollection),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(SortedList<,>)] = nameof(SortedList),
        [typeof(ConcurrentDictionary<,>)] = nameof(ConcurrentDictionary),
        [typeof(ReadOnlyDictionary<,>)] = nameof(ReadOnlyDictionary),
        [typeof(ImmutableArray<>)] = nameof(ImmutableArrayOf),
        [typeof(ImmutableList<>)] = nameof(ImmutableListOf),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSetOf),
        [typeof(ImmutableSortedSet<>)] = nameof(ImmutableSortedSetOf),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaryOf),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionaryOf),
    }.ToFrozenDictionary();

    /// <summary>Whether a generic type is as immutable as its arguments.</summary>
    public static bool IsImmutableContainer(Type definition) => ImmutableContainers.Contains(definition);

    public static bool IsTuple(Type type) =>
        typeof(ITuple).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    public static TypeRule? TryCreate(Type type)
    {
        if (type.IsSZArray) return Make(typeof(ArrayRule<>).MakeGenericType(type.GetElementType()!));
        if (!type.IsGenericType || !Factories.TryGetValue(type.GetGenericTypeDefinition(), out var name)) return null;
        var method = typeof(CollectionRules).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return (TypeRule)method.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, null)!;
    }

    private static TypeRule Make(Type rule) => (TypeRule)Activator.CreateInstance(rule)!;

    private static SequenceRule<TCollection, T> Copied<TCollection, T>(Func<TCollection, IEnumerable<T>, TCollection> rebuild)
        where TCollection : IEnumerable<T> => new(rebuild, isImmutable: false);

    private static SequenceRule<TCollection, T> Fixed<TCollection, T>(Func<TCollection, IEnumerable<T>, TCollection> rebuild)
        where TCollection : IEnumerable<T> => new(rebuild, isImmutable: true);

    private static SequenceRule<List<T>, T> List<T>() => Copied<List<T>, T>((_, items) => [.. items]);

    private static SequenceRule<Queue<T>, T> Queue<T>() => Copied<Queue<T>, T>((_, items) => new(items));

    private static SequenceRule<Stack<T>, T> Stack<T>() => Copied<Stack<T>, T>((_, items) => new(items.Reverse()));

    private static SequenceRule<HashSet<T>, T> HashSet<T>() => Copied<HashSet<T>, T>((from, items) => new(items, from.Comparer));

    private static SequenceRule<SortedSet<T>, T> SortedSet<T>() =>
        Copied<SortedSet<T>, T>((from, items) => new(items, from.Comparer));

    private static SequenceRule<Collection<T>, T> Collection<T>() => Copied<Collection<T>, T>((_, items) => new([.. items]));

    private static SequenceRule<ReadOnlyCollection<T>, T> ReadOnlyCollection<T>() =>
        Copied<ReadOnlyCollection<T>, T>((_, items) => new([.. items]));

    private static SequenceRule<Dictionary<K, V>, KeyValuePair<K, V>> Dictionary<K, V>()
        where K : notnull => Copied<Dictionary<K, V>, KeyValuePair<K, V>>((from, items) => new(items, from.Comparer));

    private static SequenceRule<SortedDictionary<K, V>, KeyValuePair<K, V>> SortedDictionary<K, V>()
        where K : notnull => Copied<SortedDictionary<K, V>, KeyValuePair<K, V>>(
            (from, items) => new(items.ToDictionary(static item => item.Key, static item => item.Value), from.Comparer));

    private static SequenceRule<SortedList<K, V>, KeyValuePair<K, V>> SortedList<K, V>()
        where K : notnull => Copied<SortedList<K, V>, KeyValuePair<K, V>>(
            (from, items) => new(items.ToDictionary(static item => item.Key, static item => item.Value), from.Comparer));

    private static SequenceRule<ConcurrentDictionary<K, V>, KeyValuePair<K, V>> ConcurrentDictionary<K, V>()
        where K : notnull => Copied<ConcurrentDictionary<K, V>, KeyValuePair<K, V>>((from, items) => new(items, from.Comparer));

    private static SequenceRule<ReadOnlyDictionary<K, V>, KeyValuePair<K, V>> ReadOnlyDictionary<K, V>()
        where K : notnull => Copied<ReadOnlyDictionary<K, V>, KeyValuePair<K, V>>(
            (_, items) => new(items.ToDictionary(static item => item.Key, static item => item.Value)));

    private static ImmutableArrayRule<T> ImmutableArrayOf<T>() => new();

    private static SequenceRule<ImmutableList<T>, T> ImmutableListOf<T>() =>
        Fixed<ImmutableList<T>, T>((_, items) => ImmutableList.CreateRange(items));

    private static SequenceRule<ImmutableHashSet<T>, T> ImmutableHashSetOf<T>() =>
        Fixed<ImmutableHashSet<T>, T>((from, items) => ImmutableHashSet.CreateRange(from.KeyComparer, items));

    private static SequenceRule<ImmutableSortedSet<T>, T> ImmutableSortedSetOf<T>() =>
        Fixed<ImmutableSortedSet<T>, T>((from, items) => ImmutableSortedSet.CreateRange(from.KeyComparer, items));

    private static SequenceRule<ImmutableDictionary<K, V>, KeyValuePair<K, V>> ImmutableDictionaryOf<K, V>()
        where K : notnull => Fixed<ImmutableDictionary<K, V>, KeyValuePair<K, V>>(
            (from, items) => ImmutableDictionary.CreateRange(from.KeyComparer, from.ValueComparer, items));

    private static SequenceRule<ImmutableSortedDictionary<K, V>, KeyValuePair<K, V>> ImmutableSortedDictionaryOf<K, V>()
        where K : notnull => Fixed<ImmutableSortedDictionary<K, V>, KeyValuePair<K, V>>(
            (from, items) => ImmutableSortedDictionary.CreateRange(from.KeyComparer, from.ValueComparer, items));
}
