namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>At most so many in each second of the clock; what one second leaves, the next does not get.</summary>
public sealed class PerSecond(int most, TimeProvider time)
{
    private long _second = long.MinValue;
    private int _taken;

    public bool TryTake()
    {
        var now = time.GetTimestamp() / time.TimestampFrequency;
        var second = Volatile.Read(ref _second);
        if (second != now && Interlocked.CompareExchange(ref _second, now, second) == second)
        {
            Volatile.Write(ref _taken, 0);
        }

        // Looked at first, so that a second of any load cannot count over the end of the numbers.
        return Volatile.Read(ref _taken) < most && Interlocked.Increment(ref _taken) <= most;
    }
}
