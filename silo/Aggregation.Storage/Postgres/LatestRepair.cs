using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>Puts one row of <c>latest</c> right, on a connection of its own: it is rare.</summary>
internal static class LatestRepair
{
    private const string Lock =
        "SELECT 1 FROM latest WHERE tenant = $1 AND form = $2 AND period = $3 AND unit = $4 FOR UPDATE";

    private const string Head = "SELECT version, hash FROM entry WHERE tenant = $1 AND stream = $2 ORDER BY version DESC LIMIT 1";

    // The silo's role deletes nothing: a row of version 0 is one that is not there.
    private const string Clear =
        """
        UPDATE latest SET version = 0, hash = '', state = '', s0 = 0, s1 = 0, s2 = 0, s3 = 0, a0 = 0, a1 = 0, a2 = 0, a3 = 0
        WHERE tenant = $1 AND form = $2 AND period = $3 AND unit = $4
        """;

    private const string Upsert =
        """
        INSERT INTO latest (tenant, form, period, unit, version, hash, state, s0, s1, s2, s3, a0, a1, a2, a3)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (tenant, form, period, unit) DO UPDATE SET
          version = excluded.version, hash = excluded.hash, state = excluded.state,
          s0 = excluded.s0, s1 = excluded.s1, s2 = excluded.s2, s3 = excluded.s3,
          a0 = excluded.a0, a1 = excluded.a1, a2 = excluded.a2, a3 = excluded.a3
        WHERE $16 OR latest.version < excluded.version
        """;

    /// <inheritdoc cref="IJournal.RepairLatestAsync"/>
    public static async Task<bool> Run(
        PostgresConnections connections, ILogger logger, LedgerName ledger, string stream, LatestRow? row)
    {
        try
        {
            await using var connection = await connections.OpenReader(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();

            // An append to the stream that is under way waits for the locked row, and writes it after this; where there is
            // no row to lock, the newer of the two stands.
            await using var locking = Command(connection, Lock, Name(ledger));
            var isLocked = await locking.ExecuteScalarAsync() is not null;
            var last = await LastAsync(connection, ledger.Tenant, stream);
            var isRight = row is null ? last is null : last is { } head && head.Version == row.Version && row.Hash.Span.SequenceEqual(head.Hash);
            if (isRight)
            {
                await using var command = row is null
                    ? Command(connection, Clear, Name(ledger))
                    : Command(connection, Upsert, [.. Name(ledger), .. Columns(row), Of(isLocked)]);
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
            return isRight;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            PostgresLog.CannotRepair(logger, connections.Name, fault);
            throw Unavailability.OfWrites(fault);
        }
    }

    private static async Task<(long Version, byte[] Hash)?> LastAsync(NpgsqlConnection connection, string tenant, string stream)
    {
        await using var command = Command(connection, Head, [Of(tenant), Of(stream)]);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1)) : null;
    }

    private static NpgsqlParameter[] Name(LedgerName ledger) =>
        [Of(ledger.Tenant), Of(ledger.Form), Of(ledger.Period), Of(ledger.Unit)];

    private static NpgsqlParameter[] Columns(LatestRow row) =>
        [Of(row.Version), Of(row.Hash.ToArray()), Of(row.State.ToArray()), .. Limbs(row.SubmittedDigest), .. Limbs(row.AcceptedDigest)];

    private static NpgsqlParameter[] Limbs(UInt128 digest) =>
        [.. Enumerable.Range(0, 4).Select(limb => Of((long)(uint)(digest >> (32 * limb))))];

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // One of the statements above.
        var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
