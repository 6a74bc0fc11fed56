namespace Orleans.Concurrency;

/// <summary>Extension to wrap a value that will not change.</summary>
public static class ImmutableExtensions
{
    /// <summary>Promises that <paramref name="value"/> will not change once sent.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
