using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Tenants;

namespace Aggregation.Grains.Tasks;

/// <content>Which days are worked.</content>
internal sealed partial class TaskGrain
{
    public async Task<CalendarView> SetCalendar(Caller caller, SetCalendarCommand command)
    {
        Access.RequireAdministrator(caller, Tenant);
        var faults = new List<ImportFault>();
        var year = CalendarReader.Read(
            command.Year, [.. command.Days.Select(day => new CalendarRow(day.Line, day.Day, day.Kind))], faults);
        if (year is null)
        {
            throw Refuse.Invalid(
                $"{faults.Count} faults in the calendar; nothing was changed.", TenantRules.Violations([.. faults], "days"));
        }

        var state = await catalog.RefreshAsync(Tenant);
        var entry = TaskEntries.Write(year);
        if (state.Calendar.Find(year.Year) is not { } known || !TaskEntries.Write(known).Equals(entry))
        {
            state = await DecideAsync(state, EntryKinds.CalendarSet, entry, caller);
        }

        return TaskViews.Calendar(state.Calendar, year.Year);
    }

    public async Task<CalendarView> GetCalendar(Caller caller, int year)
    {
        Access.RequireTenant(caller, Tenant);
        return year is >= CalendarYear.FirstYear and <= CalendarYear.LastYear
            ? TaskViews.Calendar((await catalog.GetAsync(Tenant)).Calendar, year)
            : throw Refuse.Invalid("year", year.ToString(CultureInfo.InvariantCulture), "1900–2200",
                "年份应为 1900 至 2200", "a calendar is for a year from 1900 to 2200");
    }
}
