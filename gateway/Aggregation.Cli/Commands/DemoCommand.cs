using System.CommandLine;
using Aggregation.Cli.Demo;
using Aggregation.Cli.Files;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>demo</c>: loads the sample tenants where they are absent, and shows their totals.</summary>
internal static class DemoCommand
{
    private const string Shown = "south";

    public static Command Build(CommandRunner run)
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "The server's data folder: platform.key is there, and the demo's keys go to keys/ in it.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        };
        var samples = new Option<DirectoryInfo>("--samples")
        {
            Description = "Folder of the sample tenants.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "samples")),
        };
        var command = new Command("demo", "Loads two sample tenants where they are absent, and shows their totals. May be repeated.")
        {
            data, samples, WorkflowDemoCommand.Build(run, data, samples),
        };
        run.Bind(command, session => RunAsync(session, new KeyRing(session.Get(data)!), session.Get(samples)!));
        return command;
    }

    private static async Task<int> RunAsync(Session session, KeyRing keys, DirectoryInfo samples)
    {
        var tenants = await SampleTenant.ReadAllAsync(samples, session.Cancellation);
        var loader = new SampleLoader(session.Api, keys, session.Terminal, session.Cancellation);
        var loaded = false;
        foreach (var tenant in tenants)
        {
            loaded |= await loader.LoadAsync(tenant);
        }

        if (!loaded)
        {
            session.Terminal.Note("The sample is loaded already.");
        }

        var report = new DemoReport(
            await keys.OpenAsync(session.Api, keys.Read(Shown), session.Cancellation),
            await keys.OpenAsync(session.Api, keys.Submit(Shown), session.Cancellation),
            session.Terminal);
        if (session.Json)
        {
            await report.WriteJsonAsync();
            return ExitCode.Ok;
        }

        var asExpected = await ShowAsync(session, keys, samples, tenants, report);
        ShowHowToGoOn(session, keys, samples);
        // Once people have filed figures of their own, totals differ from the files; only a fresh load must not.
        return asExpected || !loaded ? ExitCode.Ok : ExitCode.Refused;
    }

    private static async Task<bool> ShowAsync(
        Session session, KeyRing keys, DirectoryInfo samples, IReadOnlyList<SampleTenant> tenants, DemoReport report)
    {
        await report.ShowProvinceAsync();
        var asExpected = await report.ShowArrivalAsync();
        var verbatim = await SubmissionFiles.ReadAsync([Sample(samples, "submissions/nanyang-2017-2014.json")], TextFiles.OfSamples, session.Cancellation);
        await report.ShowFindingsAsync(verbatim[0]);
        var wrong = await SubmissionFiles.ReadAsync(
            [Sample(samples, "nanyang-wrong.json"), Sample(samples, "nanyang-wrong-cells.json")], TextFiles.OfSamples, session.Cancellation);
        foreach (var item in wrong)
        {
            asExpected &= await report.ShowRefusalAsync(item);
        }

        session.Terminal.Screen.WriteLine();
        foreach (var tenant in tenants)
        {
            var reader = await keys.OpenAsync(session.Api, keys.Read(tenant.Tenant), session.Cancellation);
            asExpected &= await report.CompareAsync(reader, LedgerGroup.Of(tenant));
        }

        return asExpected;
    }

    private static void ShowHowToGoOn(Session session, KeyRing keys, DirectoryInfo samples)
    {
        var command = GoOn.Program;
        var read = GoOn.With(session, keys.Read(Shown));
        var submit = GoOn.With(session, keys.Submit(Shown));
        var output = session.Terminal.Output;
        output.WriteLine();
        output.WriteLine($"密钥 Keys (mode 0600): {keys.Platform.FullName} and {keys.Folder.FullName}");
        output.WriteLine("继续 Go on:");
        output.WriteLine($"  {command} children 360300 items-by-class 2012 --cell total 4 {read}");
        output.WriteLine($"  {command} explain 360000 items-by-class 2012 total {read}");
        output.WriteLine($"  {command} total 340700 lists 2017 --scope level {read}");
        output.WriteLine($"  {command} watch 410000 2014 2017 {read}");
        output.WriteLine($"  {command} validate {GoOn.FromHere(Sample(samples, "nanyang-wrong.json").FullName)} {submit}");
    }

    private static FileInfo Sample(DirectoryInfo samples, string file) => new(Path.Combine(samples.FullName, Shown, file));
}
