namespace Aggregation.Domain.Tasks;

/// <summary>
/// 工作日历所用的日: days as offices in China live them, by China Standard Time, which has been UTC+8 without daylight saving
/// since 1991. A fixed offset, so that no time zone data is needed and none can differ between hosts.
/// </summary>
public static class CivilDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The civil day of an instant.</summary>
    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>The day's first instant.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>The first instant after the day: what is filed before it is filed by the day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));
}
