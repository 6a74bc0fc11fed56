using System.CommandLine;
using System.Diagnostics;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Demo;
using Aggregation.Cli.Demo.Year;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>demo workflow</c>: plays the scripted year of deploy/samples/year, everybody with a key of their own.</summary>
internal static class WorkflowDemoCommand
{
    public static Command Build(CommandRunner run, Option<DirectoryInfo> data, Option<DirectoryInfo> samples)
    {
        var command = new Command(
            "workflow",
            "Plays a scripted year of two made-up tenants: tasks, filing, review, completions, a correction after the lock. Every table is compared with "
            + "the expected numbers; exit code 1 where one differs. Run again, it goes on where it stopped.")
        {
            data, samples,
        };
        run.Bind(command, session => RunAsync(session, new KeyRing(session.Get(data)!), session.Get(samples)!));
        return command;
    }

    private static async Task<int> RunAsync(Session session, KeyRing ring, DirectoryInfo samples)
    {
        var watch = Stopwatch.StartNew();
        var tenants = await YearTenant.ReadAllAsync(samples, session.Cancellation);
        var platform = await ring.OpenAsync(session.Api, ring.Platform, session.Cancellation);
        var (compared, different) = (0, 0);
        foreach (var tenant in tenants)
        {
            var table = await PlayAsync(session, ring, platform, tenant);
            compared += table.Compared;
            different += table.Different;
        }

        var apart = await AreApartAsync(session, ring, tenants);
        if (!session.Json)
        {
            ShowHowToGoOn(session, ring, tenants[0]);
        }

        session.Terminal.Note(different == 0
            ? $"All {compared:N0} values in the tables are as expected ({watch.Elapsed.TotalSeconds:F0} s)."
            : $"{different:N0} of {compared:N0} values in the tables are not as expected: the lines above name them. Whatever anybody files after the year changes them too.");
        return different == 0 && apart ? ExitCode.Ok : ExitCode.Refused;
    }

    private static async Task<YearTable> PlayAsync(Session session, KeyRing ring, Api platform, YearTenant tenant)
    {
        var folder = Folder(ring, tenant);
        var progress = await YearProgress.ReadAsync(folder, tenant.Hash, session.Cancellation);
        var keys = new YearKeys(session.Api, folder, tenant, session.Cancellation);
        if (!session.Json)
        {
            session.Terminal.Screen.Write(new Rule(Markup.Escape($"{tenant.Tenant} {tenant.Name}: {tenant.Units.Count:N0} units")).LeftJustified());
        }

        await new YearSetup(platform, keys, tenant, session.Cancellation).RunAsync();
        var player = new YearPlayer(tenant, keys, progress, session.Terminal, session.Json, session.Cancellation);
        if (progress.Done > 0)
        {
            session.Terminal.Note($"{tenant.Tenant}: {progress.Done} steps were played before.");
        }

        if (await player.PlayAsync() == 0)
        {
            session.Terminal.Note($"{tenant.Tenant}: the year was played already and is left as it is. The tables that it ended with, read again:");
            await player.ShowAgainAsync();
        }

        return player.Table;
    }

    private static void ShowHowToGoOn(Session session, KeyRing ring, YearTenant tenant)
    {
        var folder = Folder(ring, tenant);
        var (first, office) = (tenant.Script.Tasks[0], tenant.Script.Shown[^1]);
        var corrected = first.Steps.Last(step => step.Do == "reopen").Unit;
        var read = GoOn.With(session, Key("read"));
        var output = session.Terminal.Output;
        output.WriteLine();
        output.WriteLine($"密钥 Keys of everybody who acted (mode 0600): {folder.FullName}");
        output.WriteLine("继续 Go on:");
        output.WriteLine($"  {GoOn.Program} restatement {tenant.Root} {first.Form} {first.Period} {read}");
        output.WriteLine($"  {GoOn.Program} task obligations {office} {first.Form} {first.Period} --only missing {read}");
        output.WriteLine($"  {GoOn.Program} history {corrected} {first.Form} {first.Period} {read}");
        output.WriteLine($"  {GoOn.Program} trail report {corrected} {first.Form} {first.Period} {read}");
        output.WriteLine($"  {GoOn.Program} review list {office} {first.Form} {first.Period} {GoOn.With(session, Key($"{office}-review"))}");

        FileInfo Key(string holder) => new(Path.Combine(folder.FullName, $"{holder}.key"));
    }

    /// <summary>Nobody sees another tenant: its units do not exist for him.</summary>
    private static async Task<bool> AreApartAsync(Session session, KeyRing ring, IReadOnlyList<YearTenant> tenants)
    {
        var apart = true;
        foreach (var tenant in tenants)
        {
            var reader = await new YearKeys(session.Api, Folder(ring, tenant), tenant, session.Cancellation).ReaderAsync();
            foreach (var other in tenants.Where(other => other != tenant))
            {
                var task = other.Script.Tasks[0];
                var total = new TotalSelector { Unit = other.Root, Form = task.Form, Period = task.Period };
                try
                {
                    await reader.Rollups.GetTotalAsync(new GetTotalRequest { Total = total }, reader.Call());
                    session.Terminal.ErrorScreen.MarkupLineInterpolated($"[red]{tenant.Tenant}'s reader sees {other.Root} of {other.Tenant}.[/]");
                    apart = false;
                }
                catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
                {
                    session.Terminal.Note($"{tenant.Tenant}'s reader asks for {other.Root} of {other.Tenant}: NOT_FOUND.");
                }
            }
        }

        return apart;
    }

    private static DirectoryInfo Folder(KeyRing ring, YearTenant tenant) => new(Path.Combine(ring.Folder.FullName, "year", tenant.Tenant));
}
