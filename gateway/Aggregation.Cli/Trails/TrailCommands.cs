using System.CommandLine;
using Aggregation.Cli.Commands;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Trails;

/// <summary><c>trail</c>: who decided what, and whether what was handed out is as it was written.</summary>
internal static class TrailCommands
{
    private const int HashShown = 12;

    public static Command Build(CommandRunner run) => new("trail", "审计 Reads who decided what, and verifies such a trail without a server.")
    {
        BuildReport(run), BuildTenant(run), BuildVerify(run),
    };

    private static Option<bool> Names() => new("--names") { Description = "With --json: also names and addresses, which no hash covers." };

    private static Command BuildReport(CommandRunner run)
    {
        var names = Names();
        var publications = new Option<bool>("--publications") { Description = "Publications and completions instead of the report." };
        var command = new Command("report", "What was filed and decided on a report. With --json a line for each entry, as verify reads them.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(publications);
        command.Options.Add(names);
        run.Bind(command, async session =>
        {
            using var call = session.Api.Trails.ReadReportTrail(
                new ReadReportTrailRequest
                {
                    Unit = selector.Unit(session),
                    Form = selector.Form(session),
                    Period = selector.Period(session),
                    Trail = session.Get(publications) ? ReportTrail.Publications : ReportTrail.Report,
                    Names = !session.Json || session.Get(names),
                },
                session.Api.LongCall(session.Cancellation));
            return await ShowAsync(session, call.ResponseStream.ReadAllAsync(session.Cancellation));
        });
        return command;
    }

    private static Command BuildTenant(CommandRunner run)
    {
        var names = Names();
        var command = new Command("tenant", "What was decided on the tenant itself, with an administrator's key.") { names };
        run.Bind(command, async session =>
        {
            using var call = session.Api.Trails.ReadTenantTrail(
                new ReadTenantTrailRequest { Names = !session.Json || session.Get(names) }, session.Api.LongCall(session.Cancellation));
            return await ShowAsync(session, call.ResponseStream.ReadAllAsync(session.Cancellation));
        });
        return command;
    }

    private static Command BuildVerify(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "What report or tenant printed with --json." };
        var command = new Command("verify", "Follows the hash chain of a trail; asks no server. Exit code 1 where it does not hold.") { file, TextFiles.Encoding };
        run.Bind(command, async session =>
        {
            var verdict = await TrailFile.VerifyAsync(session.Get(file), session.Texts, session.Cancellation);
            foreach (var (line, fault) in verdict.Faults)
            {
                session.Terminal.Screen.MarkupLineInterpolated($"[red]line {line}: {fault}[/]");
            }

            session.Terminal.Screen.MarkupLineInterpolated(
                $"{verdict.Entries} entries of {verdict.Streams} streams, {verdict.Faults.Count} faults.");
            if (verdict.Named > 0)
            {
                session.Terminal.Screen.MarkupLineInterpolated(
                    $"[yellow]{verdict.Named} entries have names or addresses beside them, which no hash covers.[/]");
            }

            return verdict.Faults.Count == 0 ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static async Task<int> ShowAsync(Session session, IAsyncEnumerable<TrailEntry> entries)
    {
        var table = new Table().RoundedBorder().AddColumns("号 number", "事项 kind", "at", "key", "姓名 name", "地址 from", "request id", "说明 text", "hash");
        await foreach (var read in entries)
        {
            if (session.Json)
            {
                // Only what the hash covers is handed out, unless names are asked for: the payload has the text.
                read.Text = "";
                session.Terminal.WriteJson(read);
                continue;
            }

            var entry = read.Entry;
            table.AddRow(
                $"{entry.Version}", Markup.Escape(entry.Kind), $"{DateTimeOffset.FromUnixTimeMilliseconds(entry.AtUnixMs):u}",
                Markup.Escape(entry.Actor), Markup.Escape(read.ActorName), Markup.Escape(read.Address), Markup.Escape(entry.RequestId), Markup.Escape(read.Text),
                Convert.ToHexStringLower(entry.Hash.Span)[..HashShown]);
        }

        if (!session.Json)
        {
            session.Terminal.Screen.Write(table);
        }

        return ExitCode.Ok;
    }
}
