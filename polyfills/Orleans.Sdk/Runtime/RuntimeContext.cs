namespace Orleans.Runtime;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current
    {
        get => _current;
        set => _current = value;
    }

    public static IGrainContext Require() => _current
        ?? throw new InvalidOperationException("A grain can only be created by the runtime; give a context to create it in a test.");
}
