namespace Aggregation.Grains.Tests.Hosting;

/// <summary>The system's clock, moved ahead as a test likes; timers run as they do.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref _ticks) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
