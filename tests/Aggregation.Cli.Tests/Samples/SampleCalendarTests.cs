using Aggregation.Cli.Files;
using Aggregation.Domain.Obligations;
using Aggregation.Domain.Structure;

namespace Aggregation.Cli.Tests.Samples;

public sealed class SampleCalendarTests
{
    [Fact]
    public async Task Read_TheSampleYear_HasNoFaultsAndTheWorkingDaysOf2018()
    {
        var days = await CalendarFile.ReadAsync(
            new FileInfo(Path.Combine(SampleFolder.Root.FullName, "calendar-2018.csv")), CancellationToken.None);
        var faults = new List<ImportFault>();

        var year = CalendarReader.Read(2018, [.. days.Select(day => new CalendarRow(day.Line, day.Day, day.Kind))], faults);

        Assert.Empty(faults);
        var calendar = WorkingCalendar.Empty.With(year!);
        Assert.Equal(250, calendar.CountBetween(new DateOnly(2017, 12, 31), new DateOnly(2018, 12, 31)));
        Assert.Equal(new DateOnly(2018, 2, 22), calendar.After(new DateOnly(2018, 2, 14), 1));
    }
}
