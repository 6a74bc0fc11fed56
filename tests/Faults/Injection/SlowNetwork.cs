using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>Whatever goes to the database and comes from it takes its time, as with a slow disk or network.</summary>
internal sealed class SlowNetwork(PostgresDatabase database) : Fault("slow network")
{
    private const int MostMilliseconds = 60;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        database.Proxy.Delay = TimeSpan.FromMilliseconds(scene.Random.Next(1, MostMilliseconds));
        await phase.Received.FurtherAsync(scene.Random.Next(50, 150)).WaitAsync(Patience.Step);
        database.Proxy.Delay = TimeSpan.Zero;
    }
}
