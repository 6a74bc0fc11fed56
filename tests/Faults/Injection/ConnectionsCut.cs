using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;

namespace Aggregation.Faults.Injection;

/// <summary>
/// The network between server and database breaks in the middle of a message: of a statement, so that nothing was done, or of
/// an answer, so that the commit happened and nobody was told.
/// </summary>
internal sealed class ConnectionsCut(PostgresDatabase database) : Fault("connections cut")
{
    private const int Cuts = 6;
    private const int MostBytes = 40_000;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        for (var cut = 0; cut < Cuts; cut++)
        {
            await database.Proxy.CutAfterAsync(scene.Random.Next(1, MostBytes));
            await phase.Received.FurtherAsync(scene.Random.Next(1, 40)).WaitAsync(Patience.Step);
        }
    }
}
