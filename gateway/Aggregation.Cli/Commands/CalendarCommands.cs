using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>calendar set</c> and <c>calendar show</c>: which days are worked.</summary>
internal static class CalendarCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("calendar", "工作日历 Holidays and make-up workdays, by which deadlines are counted.");
        command.Subcommands.Add(BuildSet(run));
        command.Subcommands.Add(BuildShow(run));
        return command;
    }

    private static Command BuildSet(CommandRunner run)
    {
        var year = YearArgument();
        var file = new Argument<FileInfo>("file")
        {
            Description = "CSV with the columns day,kind (holiday or workday), or JSON with an array of such days.",
        };
        var command = new Command("set", "Says which days of a year are worked, in place of what was said before.") { year, file, TextFiles.Encoding };
        run.Bind(command, async session =>
        {
            var days = await CalendarFile.ReadAsync(session.Get(file), session.Texts, session.Cancellation);
            Show(session, await session.Api.Tasks.SetCalendarAsync(
                new SetCalendarRequest { Year = session.Get(year), Days = { days } }, session.Api.Call()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildShow(CommandRunner run)
    {
        var year = YearArgument();
        var command = new Command("show", "Shows what was said of a year.") { year };
        run.Bind(command, async session =>
        {
            Show(session, await session.Api.Tasks.GetCalendarAsync(new GetCalendarRequest { Year = session.Get(year) }, session.Api.Call()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Argument<int> YearArgument() => new("year") { Description = "The year, 1900 to 2200." };

    private static void Show(Session session, WorkingCalendar calendar)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(calendar);
        }
        else
        {
            TaskTable.Show(session.Terminal.Screen, calendar);
        }
    }
}
