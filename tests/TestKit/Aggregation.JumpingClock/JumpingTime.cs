using System.IO.MemoryMappedFiles;

namespace Aggregation.JumpingClock;

/// <summary>
/// A clock as a machine has whose time is set while programs run: the time of day is off by what a shared file says, and
/// everything that measures or waits goes on undisturbed.
/// </summary>
internal sealed class JumpingTime(MemoryMappedViewAccessor shared) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(shared.ReadInt64(0));
}
