using System.Collections.Immutable;

namespace Orleans.Runtime.Messages;

/// <summary>An immutable array, which unlike other collections may be uninitialized.</summary>
internal sealed class ImmutableArrayRule<T> : TypeRule
{
    public override bool IsShared => Slot<T>.IsShared;

    public override object Copy(object value, CopyContext context)
    {
        var array = (ImmutableArray<T>)value;
        return array.IsDefault ? value : ImmutableArray.CreateRange(array, item => Slot<T>.Copy(item, context));
    }

    public override void Check(object value)
    {
        var array = (ImmutableArray<T>)value;
        if (Slot<T>.IsShared || array.IsDefault) return;
        foreach (var item in array) Slot<T>.SendImmutable(item);
    }
}
