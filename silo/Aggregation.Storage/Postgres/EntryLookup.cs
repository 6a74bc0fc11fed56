using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>
/// Finds, for many appends in one statement each, what the journal holds in their place. LATERAL with a limit: one look-up by
/// key for each, whatever the planner believes the table's size to be.
/// </summary>
internal static class EntryLookup
{
    /// <summary>The same entry, hash and all.</summary>
    private const string SameText =
        $"""
        SELECT p.ordinal - 1, {EntryRows.Entry}
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) WITH ORDINALITY AS p(tenant, stream, version, hash, ordinal)
        CROSS JOIN LATERAL (
          SELECT * FROM entry s WHERE s.tenant = p.tenant AND s.stream = p.stream AND s.version = p.version AND s.hash = p.hash LIMIT 1) e
        """;

    /// <summary>The entry with the same request id.</summary>
    private const string RequestText =
        $"""
        SELECT p.ordinal - 1, {EntryRows.Entry}
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS p(tenant, unit, request_id, ordinal)
        CROSS JOIN LATERAL (
          SELECT * FROM entry r WHERE r.tenant = p.tenant AND r.unit = p.unit AND r.request_id = p.request_id LIMIT 1) e
        """;

    /// <summary>The stream's last entry.</summary>
    private const string HeadText =
        $"""
        SELECT p.ordinal - 1, {EntryRows.Entry}
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p(tenant, stream, ordinal)
        CROSS JOIN LATERAL (
          SELECT * FROM entry h WHERE h.tenant = p.tenant AND h.stream = p.stream ORDER BY h.version DESC LIMIT 1) e
        """;

    public static NpgsqlBatchCommand Same(IReadOnlyList<PendingAppend> appends) => Command(
        SameText,
        Column(appends, entry => entry.Tenant),
        Column(appends, entry => entry.Stream),
        Column(appends, entry => entry.Version),
        Column(appends, entry => entry.Hash));

    public static NpgsqlBatchCommand Request(IReadOnlyList<PendingAppend> appends) => Command(
        RequestText,
        Column(appends, entry => entry.Tenant),
        Column(appends, entry => entry.Unit),
        Column(appends, entry => entry.RequestId));

    public static NpgsqlBatchCommand Head(IReadOnlyList<PendingAppend> appends) => Command(
        HeadText, Column(appends, entry => entry.Tenant), Column(appends, entry => entry.Stream));

    /// <summary>Reads the rows of one of the statements: what was found, by the append's index.</summary>
    public static async Task<StoredEntry?[]> Read(NpgsqlDataReader reader, int appends)
    {
        var found = new StoredEntry?[appends];
        while (await reader.ReadAsync())
        {
            found[reader.GetInt64(0)] = EntryRows.ReadEntry(reader, 1);
        }

        return found;
    }

    private static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> columns)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var column in columns)
        {
            command.Parameters.Add(column);
        }

        return command;
    }

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<PendingAppend> appends, Func<NewEntry, T> column) =>
        new() { TypedValue = [.. appends.Select(append => column(append.Entry))] };
}
