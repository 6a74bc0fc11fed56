namespace Aggregation.Storage.Journal;

/// <summary>Streams by the beginning of their names, as a range of names in ordinal order.</summary>
internal static class StreamPrefix
{
    /// <summary>The first name after all those that begin with a prefix. Names are of ASCII letters, digits and punctuation.</summary>
    public static string End(string prefix) => prefix.Length == 0 ? "\u007f" : $"{prefix[..^1]}{(char)(prefix[^1] + 1)}";
}
