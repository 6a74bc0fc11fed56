namespace Orleans.Runtime.Messages;

/// <summary>A collection: copied element by element.</summary>
internal sealed class SequenceRule<TCollection, T>(Func<TCollection, IEnumerable<T>, TCollection> rebuild, bool isImmutable)
    : TypeRule
    where TCollection : IEnumerable<T>
{
    public override bool IsShared => isImmutable && Slot<T>.IsShared;

    public override object Copy(object value, CopyContext context)
    {
        if (!typeof(TCollection).IsValueType && context.TryGet(value, out var known)) return known;
        var collection = (TCollection)value;
        var copy = rebuild(collection, Slot<T>.IsShared ? collection : collection.Select(item => Slot<T>.Copy(item, context)));
        if (!typeof(TCollection).IsValueType) context.Add(value, copy);
        return copy;
    }

    public override void Check(object value)
    {
        if (Slot<T>.IsShared) return;
        foreach (var item in (TCollection)value) Slot<T>.SendImmutable(item);
    }
}

/// <summary>An array of one dimension.</summary>
internal sealed class ArrayRule<T> : TypeRule
{
    public override object Copy(object value, CopyContext context)
    {
        if (context.TryGet(value, out var known)) return known;
        var copy = (T[])((T[])value).Clone();
        context.Add(value, copy);
        if (Slot<T>.IsShared) return copy;
        for (var i = 0; i < copy.Length; i++) copy[i] = Slot<T>.Copy(copy[i], context);
        return copy;
    }

    public override void Check(object value)
    {
        if (Slot<T>.IsShared) return;
        foreach (var item in (T[])value) Slot<T>.SendImmutable(item);
    }
}
