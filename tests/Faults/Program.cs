using System.CommandLine;
using System.Globalization;
using Aggregation.Faults.Runs;

namespace Aggregation.Faults;

/// <summary>The long form: <c>./test --faults</c>. Progress goes to the error output; each run ends with one line on the output.</summary>
internal static class Program
{
    private const int FaultsPerRound = 2;

    private static Task<int> Main(string[] arguments)
    {
        var kills = new Option<int>("--kills") { Description = "Kills in each run, 1 to 10000", DefaultValueFactory = static _ => 50 };
        kills.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError($"--kills takes 1 to 10000, not {result.GetValueOrDefault<int>()}");
            }
        });
        var seed = new Option<int?>("--seed") { Description = "Repeats a run; without it each run has another" };
        var only = new Option<string?>("--database") { Description = "Only on this database" };
        only.AcceptOnlyFromAmong([.. RunFolder.Databases.Keys]);
        var command = new RootCommand("Servers under load, and faults; afterwards everything is checked.") { kills, seed, only };
        command.SetAction(parsed => RunAllAsync(
            parsed.GetValue(only) is { } name ? [name] : [.. RunFolder.Databases.Keys],
            parsed.GetValue(kills),
            parsed.GetValue(seed) ?? Random.Shared.Next()));
        return command.Parse(arguments).InvokeAsync();
    }

    /// <returns>0 when no run lost, doubled or miscounted anything.</returns>
    private static async Task<int> RunAllAsync(IReadOnlyList<string> databases, int kills, int seed)
    {
        var code = 0;
        foreach (var name in databases)
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {kills} kills; to repeat: --database {name} --kills {kills} --seed {seed}"));
            await using var folder = await RunFolder.CreateAsync(name);
            var run = new FaultRun(folder.Path, folder.Database, kills, FaultsPerRound, seed, line => Console.Error.WriteLine($"{name} {line}"));
            folder.Keep();
            await Console.Error.WriteLineAsync($"{name}: the server's data and log are in {folder.Path}; they stay if anything is found");
            var summary = await run.RunAsync();
            if (summary.Discrepancies.Count > 0)
            {
                code = 1;
            }
            else
            {
                folder.Drop();
            }

            await Console.Out.WriteLineAsync(summary.Line);
        }

        return code;
    }
}
