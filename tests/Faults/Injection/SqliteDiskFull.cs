using Aggregation.Faults.Load;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Faults.Injection;

/// <summary>The server's files cannot grow past some point of the write-ahead log, be it in the middle of a page, and then can again.</summary>
internal sealed class SqliteDiskFull(FileInfo log) : Fault("disk full")
{
    private const int Beyond = 64 * 1024;

    public override async Task InjectAsync(Scene scene, Phase phase)
    {
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
        log.Refresh();
        await FileSizeLimit.SetAsync(scene.Server.ProcessId, scene.Random.NextInt64((log.Exists ? log.Length : 0) + Beyond));
        await phase.Unavailable.FurtherAsync(scene.Random.Next(5, 100)).WaitAsync(Patience.Step);
        await FileSizeLimit.SetAsync(scene.Server.ProcessId, null);
        await phase.Received.FurtherAsync(scene.Random.Next(10, 60)).WaitAsync(Patience.Step);
    }
}
