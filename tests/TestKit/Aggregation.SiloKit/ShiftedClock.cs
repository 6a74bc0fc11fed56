namespace Aggregation.SiloKit;

/// <summary>
/// The system's clock, moved ahead as a test likes; timers run as they do. A clock that stands until the test moves it, as
/// <c>FakeTimeProvider</c>, would hold up what ledgers do by timers meanwhile: pushes that are tried again, notices, looks at the catalog.
/// </summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _ticks;
    private long _timeOfDay;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Sets the time of day, as a person or a time server does: nothing has taken longer for it.</summary>
    public void Set(TimeSpan forward) => Interlocked.Add(ref _timeOfDay, forward.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _timeOfDay));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref _ticks) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
