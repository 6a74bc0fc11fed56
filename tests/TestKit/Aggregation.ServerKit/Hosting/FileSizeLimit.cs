using System.Diagnostics;
using System.Globalization;

namespace Aggregation.ServerKit.Hosting;

/// <summary>
/// A full disk for some processes and nobody else: the limit on the size of files that a process may write is lowered while it
/// runs. A write that reaches the limit is cut short, and the next fails, as on a full disk.
/// </summary>
public static class FileSizeLimit
{
    /// <param name="bytes">Null for none.</param>
    public static Task SetAsync(int process, long? bytes) => SetAsync(process, bytes, static async (program, arguments) =>
    {
        using var run = Process.Start(program, arguments);
        await run.WaitForExitAsync();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ends with {run.ExitCode}.");
        }
    });

    /// <param name="bytes">Null for none.</param>
    /// <param name="run">Runs a program as somebody who may do this to the process; fails if the program does.</param>
    public static async Task SetAsync(int process, long? bytes, Func<string, string[], Task> run)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        var limit = bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
        try
        {
            await run("prlimit", ["--pid", id, $"--fsize={limit}:unlimited"]);
        }
        catch (InvalidOperationException) when (!Directory.Exists($"/proc/{id}"))
        {
            // It has ended meanwhile.
        }
    }
}
