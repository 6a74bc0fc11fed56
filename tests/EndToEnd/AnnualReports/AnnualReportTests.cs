using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.EndToEnd.AnnualReports;

/// <summary>An annual report's way: samples and a filled spreadsheet go in by the command line, the report comes out.</summary>
public sealed partial class AnnualReportTests
{
    private static readonly string Samples = Path.Combine(Checkout.Root, "deploy", "samples", "south");

    [Fact]
    public async Task SpreadsheetAndSamples_FiledOnARealServer_StandInTheCitysReport()
    {
        using var data = new TemporaryFolder();
        using var files = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path);
        string File(string name) => Path.Combine(files.Path, name);
        Task<(int Code, string Output)> Run(string key, params string[] arguments) =>
            CommandAsync([.. arguments, "--server", host.Address.AbsoluteUri, "--key-file", key]);
        async Task DoneAsync(string key, params string[] arguments)
        {
            var (code, output) = await Run(key, arguments);
            Assert.True(code == 0, $"{string.Join(' ', arguments)} ends with {code}:\n{output}");
        }

        await DoneAsync(Path.Combine(data.Path, "platform.key"), "tenant", "create", "south", "--out", File("admin.key"));
        await DoneAsync(File("admin.key"), "units", "import", Path.Combine(Samples, "units.csv"));
        await DoneAsync(File("admin.key"), "key", "create", "all", "--submit", "*", "--read", "*", "--out", File("key"));
        await DoneAsync(File("key"), "submit", Sample(2023), Sample(2024));
        await DoneAsync(File("key"), "template", "--form", "2021", "-o", File("f.xlsx"), "--unit", "360300-S05", "--period", "2024");

        Fill(File("f.xlsx"), File("bad.xlsx"), ("D4", 3), ("D6", 1));
        var (refused, reason) = await Run(File("key"), "submit", File("bad.xlsx"), "--json");
        Assert.Equal(1, refused);
        Assert.Contains("bad.xlsx: Sheet \\\"三、收到和处理政府信息公开申请情况\\\" D4 [3.1:person]", reason, StringComparison.Ordinal);

        Fill(File("f.xlsx"), File("good.xlsx"), ("D4", 3), ("D6", 1), ("D28", 2));
        await DoneAsync(File("key"), "submit", File("good.xlsx"));
        foreach (var department in Enumerable.Range(1, 5))
        {
            await DoneAsync(File("key"), "await", $"360300-S0{department}", "2021", "2024", "1", "--at", "360300");
        }

        await DoneAsync(File("key"), "report", "--unit", "360300", "--period", "2024", "--scope", "level", "-o", File("report.md"));
        var report = await System.IO.File.ReadAllLinesAsync(File("report.md"));

        Assert.Equal("# 萍乡市2024年政府信息公开工作年度报告", report[0]);
        Assert.Contains(Row("一、本年新收政府信息公开申请数量", "3.1", 3, 3), report);
        Assert.Contains(Row("\u3000（一）予以公开", "3.3.1", 1, 1), report);
        Assert.Contains(Row("四、结转下年度继续办理", "3.4", 2, 2), report);
    }

    /// <summary>A row of the report: what the samples sum to, and what the spreadsheet says of natural persons and in all.</summary>
    private static string Row(string name, string row, long persons, long total)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in System.IO.File.ReadLines(Sample(2024)).Skip(1).Select(line => line.Split(',')).Where(line => line[3].StartsWith($"{row}:", StringComparison.Ordinal)))
        {
            sums[line[3]] = sums.GetValueOrDefault(line[3]) + long.Parse(line[4], CultureInfo.InvariantCulture);
        }

        sums[$"{row}:person"] = sums.GetValueOrDefault($"{row}:person") + persons;
        sums[$"{row}:total"] = sums.GetValueOrDefault($"{row}:total") + total;
        string[] columns = ["person", "business", "research", "welfare", "legal", "other", "total"];
        return $"| {name} | {string.Join(" | ", columns.Select(column => sums.TryGetValue($"{row}:{column}", out var sum) ? sum.ToString(CultureInfo.InvariantCulture) : "—"))} |";
    }

    private static string Sample(int year) => Path.Combine(Samples, "annual", $"sample-{year.ToString(CultureInfo.InvariantCulture)}-2021.csv");

    private static async Task<(int Code, string Output)> CommandAsync(IEnumerable<string> arguments)
    {
        await using var process = new RunningProcess(new ProcessStartInfo(Checkout.DotNet, arguments.Prepend(Checkout.FindCommandLine())));
        return (await process.ExitedAsync(Patience.Step), process.Output);
    }

    /// <summary>Puts numbers into empty cells of the sheet of applications, as a spreadsheet program would.</summary>
    private static void Fill(string template, string file, params (string Place, int Number)[] figures)
    {
        System.IO.File.Copy(template, file);
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        var part = archive.GetEntry("xl/worksheets/sheet3.xml")!;
        string text;
        using (var reader = new StreamReader(part.Open()))
        {
            text = reader.ReadToEnd();
        }

        foreach (var (place, number) in figures)
        {
            var filled = EmptyCell().Replace(text, cell => cell.Groups["place"].Value == place
                ? string.Create(CultureInfo.InvariantCulture, $"<x:c {cell.Groups["rest"].Value}><x:v>{number}</x:v></x:c>")
                : cell.Value);
            Assert.NotEqual(text, filled);
            text = filled;
        }

        part.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet3.xml").Open());
        writer.Write(text);
    }

    [GeneratedRegex("<x:c (?<rest>r=\"(?<place>[A-Z0-9]+)\"[^>]*?) ?/>")]
    private static partial Regex EmptyCell();
}
