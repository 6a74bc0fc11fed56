using System.CommandLine;
using System.Globalization;
using Aggregation.Fuzz.Runs;

namespace Aggregation.Fuzz;

/// <summary>The long form: <c>./test --fuzz</c>. Progress goes to the error output; the run ends with one line on the output.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var requests = new Option<int>("--requests") { Description = "Requests of each RPC in each way, 1 to 100000", DefaultValueFactory = static _ => 50 };
        requests.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError($"--requests takes 1 to 100000, not {result.GetValueOrDefault<int>()}");
            }
        });
        var seed = new Option<int?>("--seed") { Description = "Repeats a run; without it each run has another" };
        var command = new RootCommand("Requests that no client should send, to a running server.") { requests, seed };
        command.SetAction(parsed => RunAsync(parsed.GetValue(requests), parsed.GetValue(seed) ?? Random.Shared.Next()));
        return command.Parse(arguments).InvokeAsync();
    }

    /// <returns>0 when the server refused or served everything, and serves on.</returns>
    private static async Task<int> RunAsync(int requests, int seed)
    {
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"to repeat: --requests {requests} --seed {seed}"));
        var result = await new FuzzRun(requests, seed, static line => Console.Error.WriteLine(line)).RunAsync();
        foreach (var fault in result.Faults.Take(100))
        {
            await Console.Error.WriteLineAsync(fault);
        }

        await Console.Out.WriteLineAsync(result.Line);
        return result.Faults.Count == 0 ? 0 : 1;
    }
}
