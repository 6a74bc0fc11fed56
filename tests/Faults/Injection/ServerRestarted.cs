using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>The server is stopped in order and started again while clients go on calling.</summary>
internal sealed class ServerRestarted() : Fault("server restarted")
{
    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        await phase.Received.FurtherAsync(scene.Random.Next(10, 150)).WaitAsync(Patience.Step);
        await scene.Server.StopAsync();
        await scene.Server.StartAsync();
        await phase.Received.FurtherAsync(scene.Random.Next(10, 150)).WaitAsync(Patience.Step);
    }
}
