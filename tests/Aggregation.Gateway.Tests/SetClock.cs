namespace Aggregation.Gateway.Tests;

/// <summary>A machine's clock, whose time of day a test may set; whatever measures or waits goes on undisturbed.</summary>
internal sealed class SetClock : TimeProvider
{
    private long offset;

    /// <summary>From here on it is that time.</summary>
    public void Set(DateTimeOffset time) => Interlocked.Exchange(ref offset, (time - System.GetUtcNow()).Ticks);

    /// <summary>The clock is right again.</summary>
    public void Reset() => Interlocked.Exchange(ref offset, 0);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref offset));
}
