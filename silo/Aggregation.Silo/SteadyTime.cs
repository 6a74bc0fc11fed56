namespace Aggregation.Silo;

/// <summary>
/// The machine's time of day when this was made, and what has passed since. Whoever sets the machine's clock, it neither jumps nor runs
/// backwards, and from then on differs from the clock by as much as that was set.
/// </summary>
/// <param name="clock">Tells what has passed.</param>
internal sealed class SteadyTime(TimeProvider clock) : TimeProvider
{
    // Not of the clock that is given, which may be another than the machine's: Orleans compares with what it reads itself.
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private readonly long _beganAt = clock.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _began + clock.GetElapsedTime(_beganAt);

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
