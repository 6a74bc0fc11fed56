using System.Collections.Immutable;

namespace Aggregation.Domain.Tasks;

/// <summary>What is decreed for one year, beyond Monday to Friday being worked and Saturday and Sunday not.</summary>
/// <param name="Year">1900 to 2200.</param>
/// <param name="Holidays">节假日: days on which nobody works, in their order; may fall on a weekend.</param>
/// <param name="Workdays">调休上班: Saturdays and Sundays that are worked, in their order.</param>
public sealed record CalendarYear(int Year, ImmutableArray<DateOnly> Holidays, ImmutableArray<DateOnly> Workdays)
{
    public const int FirstYear = 1900;

    public const int LastYear = 2200;
}

/// <summary>One day of a calendar as it is given: a line of a file, a day as YYYY-MM-DD, and its kind.</summary>
/// <param name="Line">By which faults name it.</param>
/// <param name="Day">YYYY-MM-DD.</param>
/// <param name="Kind"><c>holiday</c> 节假日 or <c>workday</c> 调休上班.</param>
public sealed record CalendarRow(int Line, string Day, string Kind);
