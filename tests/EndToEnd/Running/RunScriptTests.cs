using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Network;

namespace Aggregation.EndToEnd.Running;

/// <summary>What a newcomer sees who types <c>./run</c>. Builds in Release first where that is not done.</summary>
[Trait("category", "run")]
public sealed partial class RunScriptTests
{
    /// <summary>The build may come first, on a machine that has not built before.</summary>
    private static readonly TimeSpan BuildAndRun = TimeSpan.FromMinutes(12);

    // As printed in the reports of 2012 and 2017.
    private static readonly (string Cell, string Amount)[] Pingxiang =
    [
        ("total", "41126"), ("1", "1522"), ("2", "8349"), ("3", "1110"), ("4", "23113"), ("5", "864"), ("6", "905"), ("7", "370"), ("8-9", "4893"),
        ("share-1", "3.7"), ("share-2", "20.3"), ("share-3", "2.7"), ("share-4", "56.2"), ("share-5", "2.1"), ("share-6", "2.2"),
        ("share-7", "0.9"), ("share-8-9", "11.9"),
    ];

    // Of the copy of a zone's table that is wrong on purpose.
    private static readonly string[] BrokenRules =
    [
        "[1.1.a] <= [1.1]", "[1.1.a] <= [1.1.b]", "[1.2.2] <= [1.1]", "[3.1] = sum([3.1.1]:[3.1.4])", "[3.3] = sum([3.3.1]:[3.3.8])",
        "[3.3.4] = sum([3.3.4.a]:[3.3.4.f])", "[5] = sum([5.1]:[5.3])", "[8.3] = sum([8.3.1]:[8.3.2])",
    ];

    [Fact]
    public async Task Run_Once_PrintsTheReportsFiguresAndLeavesNothingRunning()
    {
        using var data = new TemporaryFolder();
        var (grpc, http) = FreePorts.Two();
        string[] arguments =
        [
            "--once", "--data", data.Path, "--grpc-port", Text(grpc), "--http-port", Text(http),
        ];
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "run"), arguments) { WorkingDirectory = Checkout.Root };
        await using var run = new RunningProcess(start);
        var exitCode = await run.ExitedAsync(BuildAndRun);

        Assert.True(exitCode == 0, $"./run ended with exit code {exitCode}:\n{run.Output}");
        var rows = Rows(run.Output);
        foreach (var (cell, amount) in Pingxiang)
        {
            Assert.Contains(rows, row => row[0] == cell && row.Length >= 4 && Digits(row[3]) == amount);
        }

        var arrived = rows.Where(row => row.Length == 6 && row[0] == "1.1").ToList();
        Assert.All(arrived, row => Assert.Equal(["428", "428", "428"], row[3..].Select(Digits)));
        Assert.Single(arrived);
        var compared = AllTheSame().Match(run.Output);
        Assert.True(compared.Success, run.Output);
        Assert.Equal(compared.Groups["of"].Value, compared.Groups["equal"].Value);
        Assert.All(BrokenRules, rule => Assert.Contains(rows, row => row.Length == 4 && row[2] == rule));
        Assert.Contains("INVALID_ARGUMENT", run.Output, StringComparison.Ordinal);
        await AssertNobodyListensAsync(grpc);
        await AssertNobodyListensAsync(http);
    }

    /// <summary>The cells of every table row that was printed.</summary>
    private static List<string[]> Rows(string output) =>
    [
        .. output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith('│') && line.EndsWith('│'))
            .Select(line => line.Trim('│').Split('│', StringSplitOptions.TrimEntries)),
    ];

    private static string Digits(string amount) => amount.Replace(",", "", StringComparison.Ordinal);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static async Task AssertNobodyListensAsync(int port)
    {
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", port));
    }

    [GeneratedRegex(@"(?<equal>\d+) of (?<of>\d+) cells are the same at all three")]
    private static partial Regex AllTheSame();
}
