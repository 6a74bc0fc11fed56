using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>The database crashes, is away, and recovers.</summary>
internal sealed class DatabaseRestarted(PostgresDatabase database) : Fault("database restarted")
{
    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        await phase.Received.FurtherAsync(scene.Random.Next(10, 150)).WaitAsync(Patience.Step);
        await database.Server.StopAsync();
        await phase.Unavailable.FurtherAsync(scene.Random.Next(1, 60)).WaitAsync(Patience.Step);
        await database.Server.StartAsync();
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
    }
}
