using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>A slow disk: every now and then a commit has to wait, for less time than the server is willing to.</summary>
internal sealed class SlowDisk(IDatabase database) : Fault("slow disk")
{
    private const int Stalls = 4;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        for (var stall = 0; stall < Stalls; stall++)
        {
            await using (await database.LockAsync())
            {
                // Not a wait for anything: the delay is the fault.
                await Task.Delay(database.LockTimeout * (scene.Random.NextDouble() / 2));
            }

            await phase.Received.FurtherAsync(scene.Random.Next(1, 40)).WaitAsync(Patience.Step);
        }
    }
}
