using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Cli.Spreadsheets;
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
        var command = new Command("validate", "审核 Checks submissions without filing them; exit code 1 if one would be refused.") { files };
        run.Bind(command, async session =>
        {
            var code = ExitCode.Ok;
            foreach (var item in await SubmissionFiles.ReadAsync(session.Get(files), session.Api, session.Cancellation))
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
            answer = await session.Api.Submissions.ValidateAsync(item.Request, session.Api.Call());
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
        session.Terminal.Screen.MarkupLineInterpolated($"{item.Source}: {verdict}, {answer.Findings.Count} findings");
        if (answer.Findings.Count > 0)
        {
            FindingTable.Show(session.Terminal.Screen, PlacedFaults.Place(item, answer.Findings));
        }

        return answer.Acceptable;
    }
}
