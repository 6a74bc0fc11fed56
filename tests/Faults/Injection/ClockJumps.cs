using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>The machine's time of day is set forward and back, by seconds and by years, and stays wrong until the next jump.</summary>
internal sealed class ClockJumps() : Fault("clock jumps")
{
    private const int Jumps = 4;

    private static readonly TimeSpan[] Reach =
        [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(30), TimeSpan.FromDays(800)];

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        for (var jump = 0; jump < Jumps; jump++)
        {
            scene.Clock.Offset = Reach[scene.Random.Next(Reach.Length)] * ((scene.Random.NextDouble() * 2) - 1);
            await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
        }
    }
}
