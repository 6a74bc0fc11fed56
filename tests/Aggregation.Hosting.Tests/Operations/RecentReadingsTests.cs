using Aggregation.Operations.Live;
using Microsoft.Extensions.Time.Testing;

namespace Aggregation.Hosting.Tests.Operations;

public sealed class RecentReadingsTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Rate_OfACounter_IsOverTheLastMinute()
    {
        var history = new RecentReadings(time);
        for (var i = 0; i <= 60; i++)
        {
            // Before the last minute two a second, in it five.
            Read(history, Series.Refused, "stale", i <= 30 ? 4 * i : 120 + (10 * (i - 30)));
        }

        var live = history.View()!;
        Assert.Equal(TimeSpan.FromMinutes(1), live.Window);
        Assert.Equal(5, live.Rate(Series.Refused));
        Assert.Equal(420, live.Total(Series.Refused, "stale").Value);
        Assert.Equal((60, 2, 5), (live.Rates(Series.Refused).Count, live.Rates(Series.Refused)[0], live.Rates(Series.Refused)[^1]));
        Assert.Equal(["stale"], live.Values(Series.Refused));
    }

    [Fact]
    public void View_OfFewerThanTwoReadings_IsNone()
    {
        var history = new RecentReadings(time);
        Assert.Null(history.View());
        Read(history, Series.Open, "", 1);
        Assert.Null(history.View());
    }

    [Fact]
    public void Readings_OfAnHour_AreThoseOfFiveMinutes()
    {
        var history = new RecentReadings(time);
        for (var i = 0; i < 1_800; i++)
        {
            Read(history, Series.Open, "", i);
        }

        var levels = history.View()!.Levels(Series.Open);
        Assert.Equal((150, 1_650, 1_799), (levels.Count, levels[0], levels[^1]));
    }

    [Fact]
    public void Reading_MoreValuesOfATag_AreOne()
    {
        var reading = new Reading(time.GetUtcNow(), time.GetTimestamp());
        for (var i = 0; i < 1_000; i++)
        {
            reading.Add(Series.Tenants, $"tenant-{i}", new Amount { Value = 1 });
        }

        Assert.Equal(65, reading[Series.Tenants].Count);
        Assert.Equal(936, reading[Series.Tenants]["other"].Value);
        Assert.Equal(1_000, reading[Series.Tenants].Values.Sum(static amount => amount.Value));
    }

    private void Read(RecentReadings history, Series series, string value, double amount)
    {
        var reading = new Reading(time.GetUtcNow(), time.GetTimestamp());
        reading.Add(series, value, new Amount { Value = amount });
        history.Add(reading);
        time.Advance(RecentReadings.Step);
    }
}
