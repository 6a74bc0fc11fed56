namespace Aggregation.Operations.Live;

/// <summary>The readings of the last minutes.</summary>
internal sealed class RecentReadings(TimeProvider time)
{
    /// <summary>How far apart readings are.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>What rates and quantiles are over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Five minutes of readings.</summary>
    private const int Most = 151;

    private readonly Lock _gate = new();
    private readonly Queue<Reading> _readings = new(Most);

    public void Add(Reading reading)
    {
        lock (_gate)
        {
            if (_readings.Count == Most)
            {
                _readings.Dequeue();
            }

            _readings.Enqueue(reading);
        }
    }

    /// <returns>Null while there are not two readings.</returns>
    public LiveView? View()
    {
        Reading[] readings;
        lock (_gate)
        {
            readings = [.. _readings];
        }

        return readings.Length < 2 ? null : new LiveView(readings, time);
    }
}

/// <summary>What the page shows of the last minutes.</summary>
internal sealed class LiveView(IReadOnlyList<Reading> readings, TimeProvider time)
{
    private static readonly Amount Nothing = new();

    private readonly Reading _now = readings[^1];
    private readonly Reading _then =
        readings.First(reading => time.GetElapsedTime(reading.Timestamp, readings[^1].Timestamp) <= RecentReadings.Window);

    public DateTimeOffset At => _now.At;

    /// <summary>What rates and quantiles are over.</summary>
    public TimeSpan Window => time.GetElapsedTime(_then.Timestamp, _now.Timestamp);

    /// <summary>The values of a series' tag, in order.</summary>
    public IEnumerable<string> Values(Series series) => _now[series].Keys.Order(StringComparer.Ordinal);

    /// <summary>Since the process started; the value of a gauge.</summary>
    /// <param name="value">Of the series' tag; null: all together.</param>
    public Amount Total(Series series, string? value = null) => Of(_now, series, value) ?? Nothing;

    /// <summary>In the window.</summary>
    public Amount Lately(Series series, string? value = null) => Total(series, value).Since(Of(_then, series, value));

    /// <summary>A histogram's measurements, or what a counter counted, in a second of the window.</summary>
    public double Rate(Series series, string? value = null) => PerSecond(Lately(series, value), Window);

    /// <summary>The rate in each step of the last minutes, oldest first.</summary>
    public IReadOnlyList<double> Rates(Series series, string? value = null) => Steps((before, after) => PerSecond(
        (Of(after, series, value) ?? Nothing).Since(Of(before, series, value)), time.GetElapsedTime(before.Timestamp, after.Timestamp)));

    /// <summary>A quantile in each step; 0 where nothing was measured.</summary>
    public IReadOnlyList<double> Quantiles(Series series, double share, string? value = null) =>
        Steps((before, after) => (Of(after, series, value) ?? Nothing).Since(Of(before, series, value)).Quantile(share) ?? 0);

    /// <summary>A gauge at each reading.</summary>
    public IReadOnlyList<double> Levels(Series series) => Steps((_, after) => Of(after, series, null)?.Value ?? 0);

    private static double PerSecond(Amount amount, TimeSpan time) =>
        time > TimeSpan.Zero ? Math.Max(0, amount.Times) / time.TotalSeconds : 0;

    private static Amount? Of(Reading reading, Series series, string? value)
    {
        var amounts = reading[series];
        if (value is not null)
        {
            return amounts.GetValueOrDefault(value);
        }

        if (amounts.Count == 0)
        {
            return null;
        }

        var sum = new Amount();
        foreach (var amount in amounts.Values)
        {
            sum.Add(amount);
        }

        return sum;
    }

    private List<double> Steps(Func<Reading, Reading, double> of) => [.. readings.Zip(readings.Skip(1), of)];
}
