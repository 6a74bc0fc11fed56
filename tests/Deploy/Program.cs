using System.Diagnostics;
using Aggregation.Deploy.Tests.Faults;
using Aggregation.Deploy.Tests.Prometheus;
using Aggregation.Deploy.Tests.Runs;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Deploy.Tests;

/// <summary>The long form: <c>./test --ops</c>. Progress goes to the error output; it ends with one line on the output.</summary>
internal static class Program
{
    /// <param name="arguments">A word: only the faults whose names have it are provoked.</param>
    /// <returns>0 when everything in <c>deploy/</c> is as it should be, its checks see what is not, and every alert fired on its fault.</returns>
    private static async Task<int> Main(string[] arguments)
    {
        var word = arguments.FirstOrDefault() ?? "";
        if (!PrometheusServer.IsInstalled)
        {
            await Console.Error.WriteLineAsync("./test --ops needs Prometheus (Debian: apt-get install prometheus).");
            return 1;
        }

        foreach (var option in word.Length > 0 ? [] : new string[][] { [], ["--self-test"] })
        {
            using var validate = Process.Start(Path.Combine(Checkout.Root, "deploy", "validate"), option);
            await validate.WaitForExitAsync();
            if (validate.ExitCode != 0)
            {
                return validate.ExitCode;
            }
        }

        var began = TimeProvider.System.GetTimestamp();
        var result = await new OperationsRun(line => Console.Error.WriteLine($"{TimeProvider.System.GetElapsedTime(began):mm\\:ss} {line}")).RunAsync(
            [.. Provocations.All.Where(provocation => provocation.Name.Contains(word, StringComparison.Ordinal))]);
        Console.WriteLine($"{result.Fired.Distinct().Count()} alerts fired on their faults, {result.Silent.Count} not provoked{(result.Silent.Count == 0 ? "" : ": ")}{string.Join(", ", result.Silent)}");
        return result.Silent.Count == 0 || word.Length > 0 ? 0 : 1;
    }
}
