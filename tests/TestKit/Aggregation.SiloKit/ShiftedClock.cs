using Aggregation.Domain.Tasks;

namespace Aggregation.SiloKit;

/// <summary>
/// The system's clock, moved ahead as a test likes; timers run as they do. A clock that stands until the test moves it, as
/// <c>FakeTimeProvider</c>, would hold up what ledgers do by timers meanwhile: pushes that are tried again, notices, looks at the catalog.
/// </summary>
public sealed class ShiftedClock : TimeProvider
{
    // Every silo of a run begins at noon in China: a test that takes a task's first day from one silo and files it at another must
    // not see midnight between them.
    private static readonly long FromNoon =
        (CivilDay.StartOf(CivilDay.Of(System.GetUtcNow())).AddHours(12) - System.GetUtcNow()).Ticks;

    private long _ticks;
    private long _timeOfDay = FromNoon;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Sets the time of day, as a person or a time server does: nothing has taken longer for it.</summary>
    public void Set(TimeSpan forward) => Interlocked.Add(ref _timeOfDay, forward.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _timeOfDay));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Interlocked.Read(ref _ticks) * ((double)TimestampFrequency / TimeSpan.TicksPerSecond));
}
