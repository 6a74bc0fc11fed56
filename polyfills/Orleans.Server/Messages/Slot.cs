namespace Orleans.Runtime.Messages;

/// <summary>A place in a message declared as <typeparamref name="T"/>: an argument, a result, an element.</summary>
internal static class Slot<T>
{
    /// <summary>Whether every value that fits is passed as it is; decided once.</summary>
    public static readonly bool IsShared = TypeRules.IsStaticallyShared(typeof(T));

    /// <summary>What to send for <paramref name="value"/>: itself if it cannot change, else a copy.</summary>
    public static T Send(T value) => IsShared || value is null ? value : Copy(value, null);

    /// <summary>Refuses what could not be sent, without copying it.</summary>
    public static T SendImmutable(T value)
    {
        if (!IsShared && value is not null) TypeRules.For(value.GetType()).Check(value);
        return value;
    }

    /// <summary>A copy of one value within a message.</summary>
    public static T Copy(T value, CopyContext? context)
    {
        if (IsShared || value is null) return value;
        var rule = TypeRules.For(value.GetType());
        return rule.IsShared ? value : (T)rule.Copy(value, context ?? new CopyContext());
    }
}
