namespace Aggregation.Benchmarks.Load;

/// <summary>Durations gathered from many tasks.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    public int Count
    {
        get
        {
            lock (_milliseconds)
            {
                return _milliseconds.Count;
            }
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_milliseconds)
        {
            _milliseconds.Add(duration.TotalMilliseconds);
        }
    }

    /// <summary>The smallest sample that at least <paramref name="percent"/> % do not exceed, in milliseconds.</summary>
    public double Percentile(double percent)
    {
        lock (_milliseconds)
        {
            _milliseconds.Sort();
            return _milliseconds[Math.Max(0, (int)Math.Ceiling(percent / 100 * _milliseconds.Count) - 1)];
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
