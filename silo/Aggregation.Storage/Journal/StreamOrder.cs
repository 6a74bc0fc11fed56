namespace Aggregation.Storage.Journal;

/// <summary>Streams in the order of the bytes of their names.</summary>
internal static class StreamOrder
{
    /// <summary>Behind every name that a stream can have.</summary>
    public const string End = "\U0010FFFF";

    /// <summary>The first name behind all those that begin with a prefix, which ends with a character of ASCII.</summary>
    public static string EndOf(string prefix) => prefix.Length == 0 ? End : $"{prefix[..^1]}{(char)(prefix[^1] + 1)}";

    /// <summary>
    /// A tenant's forms, each found by its place in the key instead of by reading every row; parameters are the database's.
    /// </summary>
    public static string Forms(string tenant) =>
        $"""
        WITH RECURSIVE used(form) AS (
          SELECT min(form) FROM latest WHERE tenant = {tenant}
          UNION ALL
          SELECT (SELECT min(l.form) FROM latest l WHERE l.tenant = {tenant} AND l.form > used.form) FROM used WHERE used.form IS NOT NULL
        )
        SELECT form FROM used WHERE form IS NOT NULL
        """;
}
