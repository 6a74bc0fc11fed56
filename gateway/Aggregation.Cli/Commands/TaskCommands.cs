using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Commands;

/// <summary><c>task</c>: hands out reporting tasks, and shows who is late.</summary>
internal static class TaskCommands
{
    private static readonly Dictionary<string, ObligationFilter> Filters = new(StringComparer.Ordinal)
    {
        ["filed"] = ObligationFilter.Filed,
        ["unfiled"] = ObligationFilter.Unfiled,
        ["missing"] = ObligationFilter.Missing,
        ["late"] = ObligationFilter.Late,
        ["due"] = ObligationFilter.Due,
        ["returned"] = ObligationFilter.Returned,
        ["extended"] = ObligationFilter.Extended,
    };

    public static Command Build(CommandRunner run)
    {
        var command = new Command("task", "填报任务 Reporting tasks: who owes which report, and by when.");
        command.Subcommands.Add(BuildOpen(run));
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildShow(run));
        command.Subcommands.Add(BuildObligations(run));
        command.Subcommands.Add(BuildExtend(run));
        command.Subcommands.Add(BuildCancel(run));
        return command;
    }

    private static Command BuildOpen(CommandRunner run)
    {
        var (form, period) = LedgerArguments();
        var obliged = new Option<string[]>("--oblige")
        {
            Description = "Units obliged, such as department,city or county,under:360300 or unit:360300-S01; may be given again. Every unit when left out.",
            DefaultValueFactory = _ => [],
        };
        var deadlines = new Option<string[]>("--deadline")
        {
            Description = "Last day, such as department,city=2018-01-26 or county=period+15 (working days) or opening+20; may be given again, the first that is for a unit is its.",
            DefaultValueFactory = _ => [],
        };
        var rules = new Option<FileInfo?>("--rules") { Description = "A JSON file with all rules instead of the options." };
        var opens = new Option<string>("--opens") { Description = "First day on which may be filed, YYYY-MM-DD; today when left out.", DefaultValueFactory = _ => "" };
        var remind = new Option<int>("--remind") { Description = "From so many days before its last day a unit is to be reminded, 0 to 60.", DefaultValueFactory = _ => 3 };
        var tree = Selector.TreeOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what the list would come to." };
        var command = new Command("open", "Opens a task and freezes the list of units that are obliged.")
        {
            form, period, obliged, deadlines, rules, TextFiles.Encoding, opens, remind, tree, dryRun,
        };
        run.Bind(command, async session =>
        {
            var request = new OpenTaskRequest
            {
                Form = session.Get(form),
                Period = session.Get(period),
                Rules = session.Get(rules) is { } file ? await TaskRulesText.ReadFileAsync(file, session.Texts, session.Cancellation) : new TaskRules
                {
                    Tree = session.Get(tree),
                    OpensOn = session.Get(opens),
                    Obliged = { session.Get(obliged)!.Select(TaskRulesText.Filter) },
                    Deadlines = { session.Get(deadlines)!.Select(TaskRulesText.Deadline) },
                    ReminderDays = session.Get(remind),
                },
                DryRun = session.Get(dryRun),
            };
            var opened = await session.Api.Tasks.OpenTaskAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(opened);
            }
            else
            {
                TaskTable.Show(session.Terminal.Screen, opened, request.DryRun);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists the tasks.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Tasks.ListTasksAsync(new ListTasksRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                TaskTable.Show(session.Terminal.Screen, answer.Tasks);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildShow(CommandRunner run)
    {
        var (form, period) = LedgerArguments();
        var command = new Command("show", "Shows a task with its rules.") { form, period };
        run.Bind(command, async session =>
        {
            var task = await session.Api.Tasks.GetTaskAsync(
                new GetTaskRequest { Form = session.Get(form), Period = session.Get(period) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(task);
            }
            else
            {
                TaskTable.Show(session.Terminal.Screen, task);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildObligations(CommandRunner run)
    {
        var tree = Selector.TreeOption();
        var only = new Option<string[]>("--only")
        {
            Description = "filed, unfiled, missing 未报, late 迟报, due 待催报, returned or extended; may be given again, then all must apply.",
            DefaultValueFactory = _ => [],
        };
        only.AcceptOnlyFromAmong([.. Filters.Keys]);
        var limit = new Option<int>("--limit") { Description = "How many units, 1 to 10000.", DefaultValueFactory = _ => 1000 };
        var after = new Option<string>("--after") { Description = "Go on after this unit.", DefaultValueFactory = _ => "" };
        var watch = new Option<bool>("--watch") { Description = "Only the counts, and each time they change, until Ctrl-C or --count." };
        var count = new Option<int>("--count") { Description = "End after so many; 0: until Ctrl-C." };
        var command = new Command("obligations", "应报情况 How each obliged unit at and under a unit stands.");
        var selector = Selector.AddLedgerTo(command);
        foreach (var option in new Option[] { tree, only, limit, after, watch, count })
        {
            command.Options.Add(option);
        }

        run.Bind(command, async session =>
        {
            if (session.Get(watch))
            {
                await WatchAsync(session, selector, session.Get(tree)!, session.Get(count));
                return ExitCode.Ok;
            }

            var request = new ObligationsRequest
            {
                Form = selector.Form(session),
                Period = selector.Period(session),
                Tree = session.Get(tree),
                Unit = selector.Unit(session),
                Only = { session.Get(only)!.Select(word => Filters[word]) },
                Limit = session.Get(limit),
                AfterUnit = session.Get(after),
            };
            var answer = await session.Api.Tasks.ObligationsAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                TaskTable.Show(session.Terminal.Screen, answer);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task WatchAsync(Session session, Selector selector, string tree, int count)
    {
        var request = new WatchObligationsRequest
        {
            Form = selector.Form(session), Period = selector.Period(session), Tree = tree, Unit = selector.Unit(session),
        };
        using var call = session.Api.Tasks.WatchObligations(request, session.Api.LongCall(session.Cancellation));
        var answers = call.ResponseStream.ReadAllAsync(session.Cancellation);
        await foreach (var counts in count > 0 ? answers.Take(count) : answers)
        {
            if (session.Json)
            {
                session.Terminal.WriteJson(counts);
                await session.Terminal.Output.FlushAsync(session.Cancellation);
            }
            else
            {
                session.Terminal.Screen.Write(new Spectre.Console.Text(TaskTable.Words(counts) + "\n"));
            }
        }
    }

    private static Command BuildExtend(CommandRunner run)
    {
        var deadline = new Argument<string>("deadline") { Description = "The unit's new last day, YYYY-MM-DD." };
        var reason = new Option<string>("--reason") { Description = "Why, 1 to 2000 characters.", Required = true };
        var command = new Command("extend", "延期 Gives one unit more time.");
        var selector = Selector.AddLedgerTo(command);
        command.Arguments.Add(deadline);
        command.Options.Add(reason);
        run.Bind(command, async session =>
        {
            var request = new GrantExtensionRequest
            {
                Form = selector.Form(session),
                Period = selector.Period(session),
                Unit = selector.Unit(session),
                Deadline = session.Get(deadline),
                Reason = session.Get(reason),
            };
            var obligation = await session.Api.Tasks.GrantExtensionAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(obligation);
            }
            else
            {
                TaskTable.Show(session.Terminal.Screen, [obligation]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildCancel(CommandRunner run)
    {
        var (form, period) = LedgerArguments();
        var reason = new Option<string>("--reason") { Description = "Why, 1 to 2000 characters.", Required = true };
        var command = new Command("cancel", "Takes a task back; every unit is expected to report again.") { form, period, reason };
        run.Bind(command, async session =>
        {
            var task = await session.Api.Tasks.CancelTaskAsync(
                new CancelTaskRequest { Form = session.Get(form), Period = session.Get(period), Reason = session.Get(reason) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(task);
            }
            else
            {
                session.Terminal.Screen.Write(new Spectre.Console.Text($"Cancelled the task for form {task.Form} and {task.Period}.\n"));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static (Argument<string> Form, Argument<string> Period) LedgerArguments() => (
        new Argument<string>("form") { Description = "Form, such as 2014." },
        new Argument<string>("period") { Description = "Period, such as 2017, 2017Q3 or 2017-11." });
}
