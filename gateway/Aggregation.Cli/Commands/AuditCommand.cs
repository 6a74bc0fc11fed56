using System.CommandLine;
using System.Globalization;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>audit</c>: the journal against its hash chains and checkpoints, and every total against the journal.</summary>
internal static class AuditCommand
{
    public static Command Build(CommandRunner run)
    {
        var form = new Option<string?>("--form") { Description = "Only this form; with --period." };
        var period = new Option<string?>("--period") { Description = "Only this period; with --form." };
        var command = new Command(
            "audit",
            "核对 Reads the tenant's journal against its hash chains and checkpoints, and compares every total with it. "
            + "Totals that differ are repaired. Exit code 1 where anything was found.") { form, period };
        run.Bind(command, async session =>
        {
            var request = new AuditRequest { Form = session.Get(form) ?? "", Period = session.Get(period) ?? "" };
            using var call = session.Api.Admin.Audit(request, session.Api.LongCall(session.Cancellation));
            var answers = call.ResponseStream.ReadAllAsync(session.Cancellation);
            return session.Json ? await WriteAsync(session, answers) : await ShowAsync(session, answers);
        });
        return command;
    }

    private static async Task<int> WriteAsync(Session session, IAsyncEnumerable<AuditProgress> answers)
    {
        var isClean = true;
        await foreach (var progress in answers)
        {
            session.Terminal.WriteJson(progress);
            await session.Terminal.Output.FlushAsync(session.Cancellation);
            isClean &= progress is { Faults.Count: 0, Drifts.Count: 0 };
        }

        return isClean ? ExitCode.Ok : ExitCode.Refused;
    }

    private static async Task<int> ShowAsync(Session session, IAsyncEnumerable<AuditProgress> answers)
    {
        var faults = new List<JournalFault>();
        var drifts = new List<Drift>();
        var last = new AuditProgress();
        if (session.Terminal.IsInteractive)
        {
            await session.Terminal.ErrorScreen.Status().StartAsync("…", async status =>
            {
                await foreach (var progress in answers)
                {
                    Take(progress);
                    status.Status(Markup.Escape(HowFar(progress)));
                }
            });
        }
        else
        {
            await foreach (var progress in answers)
            {
                Take(progress);
            }
        }

        ShowFaults(session.Terminal.Screen, faults);
        ShowDrifts(session.Terminal.Screen, drifts);
        session.Terminal.Screen.MarkupLineInterpolated($"{HowFar(last)}: {faults.Count} faults in the journal, {drifts.Count} drifts");
        if (last.Checkpoint > 0)
        {
            session.Terminal.Screen.MarkupLineInterpolated($"checkpoint {last.Checkpoint} {last.CheckpointHash}");
        }

        return faults.Count + drifts.Count == 0 ? ExitCode.Ok : ExitCode.Refused;

        void Take(AuditProgress progress)
        {
            faults.AddRange(progress.Faults);
            drifts.AddRange(progress.Drifts);
            last = progress;
        }
    }

    private static string HowFar(AuditProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Entries:N0} entries, {progress.Streams:N0} streams, {progress.Ledgers} forms and periods");

    private static void ShowFaults(IAnsiConsole screen, List<JournalFault> faults)
    {
        if (faults.Count > 0)
        {
            var table = new Table().RoundedBorder().AddColumns("日志 stream", "条目 entry", "问题 fault");
            foreach (var fault in faults)
            {
                table.AddRow(
                    Markup.Escape(fault.Stream), fault.Version.ToString(CultureInfo.InvariantCulture), fault.Kind.ToString());
            }

            screen.Write(table);
        }
    }

    private static void ShowDrifts(IAnsiConsole screen, List<Drift> drifts)
    {
        if (drifts.Count > 0)
        {
            var table = new Table().RoundedBorder().AddColumns("单位 unit", "报表 form", "报告期 period", "层 layer", "差异 differences", "已修复 repaired");
            foreach (var drift in drifts)
            {
                var differences = drift.Differences.Select(difference => string.Create(
                    CultureInfo.InvariantCulture, $"{difference.Kind} {difference.Unit} r{difference.Revision} {difference.Hash}"));
                table.AddRow(
                    Markup.Escape(drift.Unit), Markup.Escape(drift.Form), Markup.Escape(drift.Period), drift.Layer.ToString(),
                    Markup.Escape(string.Join('\n', differences)), drift.Repaired ? "yes" : "no");
            }

            screen.Write(table);
        }
    }
}
