using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;

namespace Aggregation.Cli.Tests.Samples;

public sealed class SampleCalendarTests
{
    // The day after the Spring Festival 春节 that is worked first, counted from the last one before it.
    [Theory]
    [InlineData(2018, 250, "2018-02-14", "2018-02-22")]
    [InlineData(2019, 250, "2019-02-03", "2019-02-11")]
    public async Task Read_ASampleYear_HasNoFaultsAndItsWorkingDays(int number, int workingDays, string before, string after)
    {
        var days = await CalendarFile.ReadAsync(
            new FileInfo(Path.Combine(SampleFolder.Root.FullName, $"calendar-{number}.csv")), TextFiles.OfSamples, CancellationToken.None);
        var faults = new List<ImportFault>();

        var year = CalendarReader.Read(number, [.. days.Select(day => new CalendarRow(day.Line, day.Day, day.Kind))], faults);

        Assert.Empty(faults);
        var calendar = WorkingCalendar.Empty.With(year!);
        Assert.Equal(workingDays, calendar.CountBetween(new DateOnly(number - 1, 12, 31), new DateOnly(number, 12, 31)));
        Assert.Equal(DateOnly.Parse(after, CultureInfo.InvariantCulture), calendar.After(DateOnly.Parse(before, CultureInfo.InvariantCulture), 1));
    }
}
