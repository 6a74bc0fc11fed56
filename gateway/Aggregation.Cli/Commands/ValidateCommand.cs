using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Cli.Spreadsheets;
using Aggregation.Cli.Submitting;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>validate</c>: what submit would find, without filing anything.</summary>
internal static class ValidateCommand
{
    public static Command Build(CommandRunner run)
    {
        var files = SubmitCommand.FilesArgument();
        var command = new Command("validate", "审核 Checks submissions without filing them; exit code 1 if one would be refused.") { files, TextFiles.Encoding };
        run.Bind(command, async session =>
        {
            var code = ExitCode.Ok;
            foreach (var item in await SubmissionFiles.ReadAsync(session.Get(files), session.Texts, session.Api, session.Cancellation))
            {
                var acceptable = await ValidateAsync(session, item);
                code = acceptable ? code : ExitCode.Refused;
            }

            return code;
        });
        return command;
    }

    private static async Task<bool> ValidateAsync(Session session, SubmissionItem item)
    {
        ValidateResponse answer;
        try
        {
            var filed = item.DerivedId ? await SubmissionPlan.PrepareAsync(session.Api, item.Request) : null;
            SubmitCommand.NoteFiled(session, filed is null ? [] : [filed]);
            answer = filed is null
                ? await session.Api.Submissions.ValidateAsync(item.Request, session.Api.Call())
                : new ValidateResponse { Acceptable = true, Findings = { filed.Findings } };
        }
        catch (RpcException fault) when (PlacedFaults.Of(item, fault) is { } placed)
        {
            throw placed;
        }

        if (session.Json)
        {
            session.Terminal.WriteJson(answer);
            return answer.Acceptable;
        }

        var verdict = answer.Acceptable ? "可以提交 acceptable" : "不能提交 would be refused";
        session.Terminal.Screen.MarkupLineInterpolated($"{item.Source}: {verdict}, {answer.Findings.Count + answer.Violations.Count} findings");
        if (answer.Violations.Count > 0)
        {
            session.Terminal.Screen.Write(Faults.Table(PlacedFaults.Place(item, answer.Violations)));
        }

        if (answer.Findings.Count > 0)
        {
            FindingTable.Show(session.Terminal.Screen, PlacedFaults.Place(item, answer.Findings));
        }

        return answer.Acceptable;
    }
}
