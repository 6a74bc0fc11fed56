using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>Somebody locks the journal for longer than the server waits.</summary>
internal sealed class DatabaseLocked(IDatabase database) : Fault("database locked")
{
    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
        await using (await database.LockAsync())
        {
            await phase.Unavailable.FurtherAsync(scene.Random.Next(5, 30)).WaitAsync(Patience.Step);
        }

        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
    }
}
