using System.Diagnostics;
using System.Reflection;

namespace Aggregation.Storage.Tests;

public sealed class SqliteJournalCrashTests : IDisposable
{
    private readonly SqliteFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(40)]
    [InlineData(1500)]
    public async Task Append_ProcessKilled_EveryAcknowledgedEntryIsThereAndChained(int acknowledgements)
    {
        var options = files.Options();
        var acknowledged = await AppendUntilKilled(options.Path, acknowledgements);
        Assert.True(acknowledged.Count >= acknowledgements);

        await using var journal = SqliteFiles.Open(options);
        foreach (var stream in acknowledged.GroupBy(line => line.Split(' ')[0]))
        {
            var entries = await journal.ReadStreamAsync("t1", stream.Key, 0, CancellationToken.None);
            Entries.AssertChained(entries);
            var stored = entries.Select(entry => $"{entry.Stream} {entry.Version} {Convert.ToHexStringLower(entry.Hash.Span)}").ToHashSet();
            Assert.All(stream, line => Assert.Contains(line, stored));
        }
    }

    private static async Task<List<string>> AppendUntilKilled(string path, int acknowledgements)
    {
        var appender = typeof(SqliteJournalCrashTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Appender").Value!;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [appender, path])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                lines.Add(line);
                if (lines.Count == acknowledgements)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        // The kill may have cut the last line short.
        if (lines.Count > 0 && lines[^1].Split(' ') is not [_, _, { Length: 64 }])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }
}
