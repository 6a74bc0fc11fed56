using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls, from caller to callee and on; not back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Flow = new();

    /// <summary>The keys set.</summary>
    public static IEnumerable<string> Keys => Flow.Value?.Keys ?? [];

    /// <summary>The keys and values set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries =>
        Flow.Value ?? (IEnumerable<KeyValuePair<string, object>>)[];

    /// <summary>What travels with a call made now; null for nothing.</summary>
    internal static ImmutableDictionary<string, object>? Values
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public static object? Get(string key) => Flow.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets a value for the calls that this flow makes from now on.</summary>
    public static void Set(string key, object value) =>
        Flow.Value = (Flow.Value ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Removes a value; says whether it was there.</summary>
    public static bool Remove(string key)
    {
        if (Flow.Value is not { } values || !values.ContainsKey(key)) return false;
        var rest = values.Remove(key);
        Flow.Value = rest.IsEmpty ? null : rest;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (Flow.Value is not null) Flow.Value = null;
    }
}
