using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Faults.Injection;

/// <summary>
/// The journal's table cannot grow, and then can again. The table is first made longer than the limit, by rows that are not
/// kept; the server's own log, in segments of that size, is not touched, as it would be where it has a disk of its own.
/// </summary>
internal sealed class PostgresDiskFull(PostgresDatabase database) : Fault("disk full")
{
    private const long Limit = 1024 * 1024;

    /// <summary>Rows of which two fill a page.</summary>
    private const string Lengthen =
        """
        BEGIN;
        INSERT INTO entry (tenant, stream, version, kind, at, actor, unit, request_hash, payload, previous_hash, hash)
        SELECT 'none', 'none', n, 'none', 0, '', '', ''::bytea, decode(repeat('00', 3800), 'hex'), ''::bytea, decode(repeat('00', 32), 'hex')
        FROM generate_series(1, 400) n;
        ROLLBACK
        """;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
        await using (var connection = await database.OpenAsync())
        {
            await PostgresDatabase.ExecuteAsync(connection, Lengthen);
        }

        await LimitAsync(Limit);
        await phase.Unavailable.FurtherAsync(scene.Random.Next(5, 100)).WaitAsync(Patience.Step);
        await LimitAsync(null);
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
    }

    private async Task LimitAsync(long? bytes)
    {
        // First the process that new sessions come from, so that none is missed.
        await FileSizeLimit.SetAsync(database.Server.ProcessId, bytes, database.Server.RunAsync);
        foreach (var session in await database.SessionsAsync())
        {
            await FileSizeLimit.SetAsync(session, bytes, database.Server.RunAsync);
        }
    }
}
