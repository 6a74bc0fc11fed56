using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>units restructure</c>: plans changes of the structure, shows them, and applies them to the structure that was planned.</summary>
internal static class RestructureCommand
{
    public static Command Build(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "CSV with the columns change,tree,from,unit,parent,into,name,kind,level,children, or JSON with an array of such changes.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show which units and totals change." };
        var form = new Option<string>("--form") { Description = "Form whose totals are shown before and after.", DefaultValueFactory = _ => "" };
        var period = new Option<string>("--period") { Description = "Period of these totals.", DefaultValueFactory = _ => "" };
        var expected = new Option<long?>("--structure")
        {
            Description = "Apply only if the structure is still this one, as an earlier dry run showed it.",
        };
        var acceptLoss = new Option<bool>("--accept-loss")
        {
            Description = "Apply although accepted or locked reports leave totals, as the plan lists them.",
        };
        var command = new Command(
            "restructure", "机构调整 Opens, moves, renames, closes, merges, splits and abolishes units from a day on: all changes of a file, or none.")
        {
            file, TextFiles.Encoding, dryRun, form, period, expected, acceptLoss,
        };
        run.Bind(command, async session =>
        {
            var changes = await StructureChangeFile.ReadAsync(session.Get(file), session.Texts, session.Cancellation);
            var plan = await session.Api.Admin.PlanRestructuringAsync(
                new PlanRestructuringRequest { Changes = { changes }, Form = session.Get(form), Period = session.Get(period) },
                session.Api.Call());
            if (session.Get(dryRun))
            {
                Show(session, plan);
                return ExitCode.Ok;
            }

            var applied = await session.Api.Admin.ApplyRestructuringAsync(
                new ApplyRestructuringRequest
                {
                    Changes = { changes }, StructureVersion = session.Get(expected) ?? plan.StructureVersion, AcceptLoss = session.Get(acceptLoss),
                },
                session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(applied);
            }
            else
            {
                PlanTable.Show(session.Terminal.Screen, plan);
                session.Terminal.Screen.Write(new Spectre.Console.Text(
                    $"Applied {changes.Count} changes from {applied.From} on; structure {applied.StructureVersion}.\n"));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Session session, RestructuringPlan plan)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(plan);
            return;
        }

        PlanTable.Show(session.Terminal.Screen, plan);
        session.Terminal.Screen.Write(new Spectre.Console.Text(
            $"Nothing was changed. To apply exactly this: --structure {plan.StructureVersion}{(plan.Losses.Count > 0 ? " --accept-loss" : "")}.\n"));
    }
}
