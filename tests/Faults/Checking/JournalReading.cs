using System.Data.Common;

namespace Aggregation.Faults.Checking;

/// <summary>A row of the table "entry".</summary>
internal sealed record EntryRow(
    long Position, string Tenant, string Stream, long Version, string Kind, long AtUnixMs, string Actor, string Unit, string? RequestId,
    byte[] RequestHash, byte[] Payload, byte[] PreviousHash, byte[] Hash, long Origin);

/// <summary>A row of the table "latest".</summary>
internal sealed record LatestRow(
    string Tenant, string Form, string Period, string Unit, long Version, byte[] Hash, UInt128 Submitted, UInt128 Accepted);

/// <summary>What a server's database holds at one instant, read with nothing of the product.</summary>
internal sealed record JournalReading(IReadOnlyList<EntryRow> Entries, IReadOnlyList<LatestRow> Latest)
{
    private const string EntryQuery =
        """
        SELECT position, tenant, stream, version, kind, at, actor, unit, request_id, request_hash, payload, previous_hash, hash, origin
        FROM entry ORDER BY tenant, stream, version
        """;

    private const string LatestQuery =
        "SELECT tenant, form, period, unit, version, hash, s0, s1, s2, s3, a0, a1, a2, a3 FROM latest";

    /// <param name="database">An open connection.</param>
    /// <param name="begin">The statement that begins a transaction which sees one instant.</param>
    public static async Task<JournalReading> ReadAsync(DbConnection database, string begin)
    {
        await ExecuteAsync(database, begin);
        var reading = new JournalReading(
            await ReadAsync(database, EntryQuery, ToEntry), await ReadAsync(database, LatestQuery, ToLatest));
        await ExecuteAsync(database, "COMMIT");
        return reading;
    }

    private static async Task ExecuteAsync(DbConnection database, string statement)
    {
        await using var command = database.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(DbConnection database, string query, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        await using var command = database.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static EntryRow ToEntry(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5), row.GetString(6),
        row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8), Bytes(row, 9), Bytes(row, 10), Bytes(row, 11), Bytes(row, 12),
        row.GetInt64(13));

    private static LatestRow ToLatest(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), Bytes(row, 5),
        FromLimbs(row, 6), FromLimbs(row, 10));

    private static byte[] Bytes(DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    /// <summary>Four columns of 32 bits, lowest first.</summary>
    private static UInt128 FromLimbs(DbDataReader row, int first)
    {
        UInt128 value = 0;
        for (var limb = 3; limb >= 0; limb--)
        {
            value = (value << 32) | (uint)row.GetInt64(first + limb);
        }

        return value;
    }
}
