using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>An administrator, or a failover, ends the product's sessions in the database, whatever they are doing.</summary>
internal sealed class SessionsEnded(PostgresDatabase database) : Fault("sessions ended")
{
    private const int Times = 6;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        for (var time = 0; time < Times; time++)
        {
            await phase.Sent.FurtherAsync(scene.Random.Next(1, 80)).WaitAsync(Patience.Step);
            await using (var connection = await database.OpenAsync())
            {
                await PostgresDatabase.ExecuteAsync(
                    connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }

            await phase.Received.FurtherAsync(scene.Random.Next(1, 40)).WaitAsync(Patience.Step);
        }
    }
}
