using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Aggregation.EndToEnd.Crashes;

/// <summary>An entry of a ledger as it lies in the file.</summary>
internal sealed record FileEntry(
    string Unit, string Stream, long Revision, string Kind, string RequestId, byte[] Payload, byte[] PreviousHash, byte[] Hash);

/// <summary>A server's database, read with nothing of the product.</summary>
internal static class JournalFile
{
    /// <summary>Entries of one tenant's ledgers, by unit and revision.</summary>
    public static async Task<IReadOnlyList<FileEntry>> ReadLedgersAsync(string path, string tenant)
    {
        const string query =
            """
            SELECT unit, stream, version, kind, request_id, payload, previous_hash, hash FROM entry
            WHERE tenant = $tenant AND kind IN ('submitted', 'withdrawn') ORDER BY stream, version
            """;
        var entries = new List<FileEntry>();
        await using var database = await OpenAsync(path);
        await using var command = new SqliteCommand(query, database);
        command.Parameters.AddWithValue("$tenant", tenant);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            entries.Add(new FileEntry(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4),
                reader.GetFieldValue<byte[]>(5), reader.GetFieldValue<byte[]>(6), reader.GetFieldValue<byte[]>(7)));
        }

        return entries;
    }

    /// <summary>The digests of everything that the table "latest" counts, from the plain sums of its 32-bit columns.</summary>
    public static async Task<(string Submitted, string Accepted)> SumLatestAsync(string path, string tenant, string form, string period)
    {
        const string query =
            """
            SELECT sum(s0), sum(s1), sum(s2), sum(s3), sum(a0), sum(a1), sum(a2), sum(a3) FROM latest
            WHERE tenant = $tenant AND form = $form AND period = $period
            """;
        await using var database = await OpenAsync(path);
        await using var command = new SqliteCommand(query, database);
        command.Parameters.AddWithValue("$tenant", tenant);
        command.Parameters.AddWithValue("$form", form);
        command.Parameters.AddWithValue("$period", period);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (Sum(reader, 0), Sum(reader, 4));
    }

    private static string Sum(SqliteDataReader reader, int first)
    {
        UInt128 sum = 0;
        for (var limb = 0; limb < 4; limb++)
        {
            sum = unchecked(sum + ((UInt128)(ulong)reader.GetInt64(first + limb) << (32 * limb)));
        }

        return sum.ToString("x32", CultureInfo.InvariantCulture);
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        await database.OpenAsync();
        return database;
    }
}
