using System.Text;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Every command that reads a text file reads it as Windows in China saves it, and says in which encoding it was.</summary>
public sealed class EncodingCommandTests : CommandTest
{
    private const string Units = "code,name,kind,level,parent,from,to\n990300,丙市,government,city,990000,2000-01-01,\n";
    private const string Submission = """{"unit":"a","form":"f","period":"2017","explanations":{"c":"因机构合并"}}""";
    private const string Changes = "change,from,unit,name\n更名,2026-01-01,990300,丁市\n";
    private const string Days = "day,kind\n2018-01-01,节假日\n";
    private const string Rules = """{"obliged":[{"kinds":["部门"]}]}""";

    public static TheoryData<string, string, string, string> Files()
    {
        var files = new TheoryData<string, string, string, string>();
        foreach (var (command, name, text) in new[]
        {
            ("units import FILE", "u.csv", Units),
            ("units restructure FILE", "c.csv", Changes),
            ("calendar set 2018 FILE", "d.csv", Days),
            ("task open 2014 2017 --rules FILE", "r.json", Rules),
            ("submit FILE", "s.json", Submission),
            ("validate FILE", "s.json", Submission),
            ("draft save FILE", "s.json", Submission),
            ("receipt verify-file FILE", "r.jsonl", """{"unit":"甲","hash":"00"}"""),
            ("trail verify FILE", "t.jsonl", """{"entry":{"stream":"甲局"}}"""),
        })
        {
            files.Add(command, name, text, "GB18030");
            files.Add(command, name, text, "UTF-16");
            files.Add(command, name, text, "UTF-8");
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task AnyCommand_AFileOfAnotherEncoding_IsReadAndItsEncodingSaid(string command, string name, string text, string encoding)
    {
        var code = await RunAsync(Arguments(command, Save(name, "\uFEFF" + text, encoding)));

        Assert.NotEqual(ExitCode.Usage, code);
        Assert.Contains($"{name}: {encoding}", Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task AnyCommand_AFileThatIsNoText_NamesLineAndOffsetAndSendsNothing(string command, string name, string text, string encoding)
    {
        var file = Save(name, text, "GB18030");
        await File.AppendAllTextAsync(file, "\n");
        await File.AppendAllBytesAsync(file, [0xFF]);
        var lines = text.AsSpan().TrimEnd('\n').Count('\n') + (text.EndsWith('\n') ? 3 : 2);

        Assert.Equal(ExitCode.Usage, await RunAsync([.. Arguments(command, file), "--json"]));

        Assert.Contains($"{name}: line {lines}, offset {new FileInfo(file).Length - 1}", Error.ToString(), StringComparison.Ordinal);
        Assert.Null(Server.Answers.UnitsAsked);
        Assert.Null(Server.Answers.Planned);
        Assert.Empty(Server.Answers.TaskRequests);
        Assert.NotEmpty(encoding);
    }

    [Fact]
    public async Task Import_Gbk_SendsWhatTheFileSays()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("units", "import", Save("u.csv", Units, "GB18030"), "--key", "k"));

        Assert.Equal(Units, Server.Answers.UnitsAsked!.Csv);
        var shown = Output.ToString();
        Assert.Contains("丙市", shown, StringComparison.Ordinal);
        Assert.Contains("Added 1002 (1001 more than shown), changed 0, unchanged 3; structure 4.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_GbkJson_KeepsTheExplanation()
    {
        SubmitRequest? sent = null;
        var answer = Server.Answers.Submit;
        Server.Answers.Submit = request => answer(sent = request);

        Assert.Equal(ExitCode.Ok, await RunAsync("submit", Save("s.json", Submission, "GB18030"), "--json", "--key", "k"));

        Assert.Equal("因机构合并", Assert.Single(sent!.Explanations).Text);
        Assert.Equal("{\"file\":\"s.json\",\"encoding\":\"GB18030\"}", Error.ToString().TrimEnd());
    }

    [Fact]
    public async Task Import_WhatMayBeBoth_IsRefusedUntilTheEncodingIsSaid()
    {
        var file = Save("u.csv", Units.Replace("丙市", "篇", StringComparison.Ordinal), "GB18030");

        Assert.Equal(ExitCode.Usage, await RunAsync("units", "import", file, "--key", "k", "--json"));
        Assert.Contains("ƪ", Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("篇", Error.ToString(), StringComparison.Ordinal);
        Assert.Null(Server.Answers.UnitsAsked);

        Assert.Equal(ExitCode.Ok, await RunAsync("units", "import", file, "--key", "k", "--encoding", "GBK"));
        Assert.Contains("篇", Server.Answers.UnitsAsked!.Csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_UnknownEncoding_IsAMistakeOfTheCommandLine()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("units", "import", Write("u.csv", Units), "--key", "k", "--encoding", "big5"));
        Assert.Contains("'big5' is none of utf-8, utf-16, gb18030, gbk, gb2312", Error.ToString(), StringComparison.Ordinal);
    }

    private static string[] Arguments(string command, string file) =>
        [.. command.Split(' ').Select(word => word == "FILE" ? file : word), "--key", "k"];

    private string Save(string name, string text, string encoding)
    {
        var saved = encoding == "GB18030" ? CodePagesEncodingProvider.Instance.GetEncoding(encoding)! : Encoding.GetEncoding(encoding);
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllBytes(path, saved.GetBytes(text));
        return path;
    }
}
