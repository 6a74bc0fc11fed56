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
    public static string Forms(string tenant) => Distinct("form", $"tenant = {tenant}");

    /// <summary>The periods of a tenant's form, found in the same way.</summary>
    public static string Periods(string tenant, string form) => Distinct("period", $"tenant = {tenant} AND form = {form}");

    private static string Distinct(string column, string where) =>
        $"""
        WITH RECURSIVE used(value) AS (
          SELECT min({column}) FROM latest WHERE {where}
          UNION ALL
          SELECT (SELECT min({column}) FROM latest WHERE {where} AND {column} > used.value) FROM used WHERE used.value IS NOT NULL
        )
        SELECT value FROM used WHERE value IS NOT NULL
        """;
}
