using System.Diagnostics;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.EndToEnd.Running;

/// <summary>
/// The scripted year of deploy/samples/year: what is printed of coverage, layers, completions and restatements is what
/// expected.py works out from the year's files, also when whoever plays it is killed in between.
/// </summary>
public sealed class WorkflowDemoTests
{
    private const string Interrupted = "east · 2018Q2 reviewed";

    private static readonly string Samples = Path.Combine(Checkout.Root, "deploy", "samples");

    private static readonly string[] Tenants = ["east", "west"];

    [Fact]
    public async Task Workflow_InterruptedAndResumed_PrintsTheExpectedNumbers()
    {
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path);

        // Killed while it goes on with the step after this table; however late the kill comes, it does not get past the other tenant's begin.
        var held = Path.Combine(data.Path, "keys", "year", Tenants[1]);
        await HoldAsync(held);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = Play(host, data, Samples, line =>
        {
            if (line.Contains(Interrupted, StringComparison.Ordinal))
            {
                reached.TrySetResult();
            }
        });
        await Task.WhenAny(reached.Task, first.ExitedAsync(Patience.Test));
        Assert.True(reached.Task.IsCompleted, first.Output);
        await first.KillAsync();
        Directory.Delete(held, recursive: true);

        // As a kill leaves it that comes between making the file of a key and writing to it.
        await File.WriteAllTextAsync(Path.Combine(data.Path, "keys", "year", Tenants[0], "read.key"), "");

        await using var second = Play(host, data, Samples);
        Assert.True(await second.ExitedAsync(Patience.Test) == 0, second.Output);
        Assert.Contains("steps were played before", second.Output, StringComparison.Ordinal);
        Assert.Contains("west's reader asks for 980000 of east: NOT_FOUND.", second.Output, StringComparison.Ordinal);
        Assert.Equal(Expected(), PrintedTables.Read($"{PrintedTables.BeforeKill(first.Output)}\n{second.Output}"));

        // Played again, nothing is done and the last tables say the same.
        await using var third = Play(host, data, Samples);
        Assert.True(await third.ExitedAsync(Patience.Test) == 0, third.Output);
        Assert.All(Tenants, tenant => Assert.Contains($"{tenant}: the year was played already", third.Output, StringComparison.Ordinal));
        var last = PrintedTables.Read(third.Output);
        Assert.Contains("east 2018Q1 restatement 980000 filed-now", last.Keys);
        Assert.Subset(Expected().ToHashSet(), last.ToHashSet());

        await AssertWrongNumberIsToldAsync(host, data);
    }

    [Theory]
    [InlineData("--demo", "weekly")]
    [InlineData("--demo")]
    public async Task Run_DemoThatThereIsNot_IsAUsageError(params string[] arguments)
    {
        await using var run = new RunningProcess(new ProcessStartInfo(Path.Combine(Checkout.Root, "run"), arguments));

        Assert.Equal(2, await run.ExitedAsync(Patience.Step));
        Assert.Contains("--demo", run.Output, StringComparison.Ordinal);
    }

    /// <summary>With one expected number changed, the same tables end with exit code 1 and name it.</summary>
    private static async Task AssertWrongNumberIsToldAsync(StandaloneHost host, TemporaryFolder data)
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Samples, "*.csv").Concat(Directory.EnumerateFiles(Path.Combine(Samples, "year"), "*", SearchOption.AllDirectories)))
        {
            var to = Path.Combine(copy.Path, Path.GetRelativePath(Samples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var changed = Path.Combine(copy.Path, "year", "west", "expected.csv");
        const string row = "2021 corrected,970121,submitted,expected=6 ";
        var text = await File.ReadAllTextAsync(changed);
        Assert.Contains(row, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(changed, text.Replace(row, row.Replace("6 ", "7 ", StringComparison.Ordinal), StringComparison.Ordinal));
        await using var wrong = Play(host, data, copy.Path);

        Assert.True(await wrong.ExitedAsync(Patience.Test) == 1, wrong.Output);
        Assert.Contains("2021 corrected: 970121 submitted: expected is 6, not 7", wrong.Output, StringComparison.Ordinal);
    }

    /// <summary>Who reads how far a tenant's year has come waits for ever: that file is a pipe that nobody writes to.</summary>
    private static async Task HoldAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var made = new RunningProcess(new ProcessStartInfo("mkfifo", [Path.Combine(folder, "progress.json")]));
        Assert.Equal(0, await made.ExitedAsync(Patience.Step));
    }

    private static SortedDictionary<string, string> Expected()
    {
        var rows = Tenants.SelectMany(tenant => PrintedTables.Expected(tenant, File.ReadAllText(Path.Combine(Samples, "year", tenant, "expected.csv"))));
        return new SortedDictionary<string, string>(rows.ToDictionary(), StringComparer.Ordinal);
    }

    private static RunningProcess Play(StandaloneHost host, TemporaryFolder data, string samples, Action<string>? onLine = null) => new(
        new ProcessStartInfo(Checkout.DotNet,
        [
            Checkout.FindCommandLine(), "demo", "workflow", "--data", data.Path, "--samples", samples, "--server", host.Address.ToString(),
        ]), onLine);
}
