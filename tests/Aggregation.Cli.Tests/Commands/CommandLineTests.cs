using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

public sealed class CommandLineTests : CommandTest
{
    [Fact]
    public async Task Total_Found_ShowsTheTotalAndWhatIsDerivedFromIt()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("total", "360300", "items-by-class", "2012", "--scope", "level", "--key", "k"));

        Assert.Contains("360300 萍乡市", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("41,126", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("3.7", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("应报 3 · 已报 2", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("本级 level", Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Bearer k"], Server.Answers.Authorizations);
    }

    [Fact]
    public async Task Total_Json_IsOneLineOfProtocolJson()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("total", "360300", "items-by-class", "2012", "--json"));

        using var document = JsonDocument.Parse(Output.ToString());
        Assert.Equal("41126", document.RootElement.GetProperty("cells")[0].GetProperty("amount").GetProperty("units").GetString());
        Assert.Equal("SCOPE_REGION", document.RootElement.GetProperty("selector").GetProperty("scope").GetString());
        Assert.Single(Output.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, ExitCode.Refused)]
    [InlineData(StatusCode.AlreadyExists, ExitCode.Refused)]
    [InlineData(StatusCode.Aborted, ExitCode.Refused)]
    [InlineData(StatusCode.FailedPrecondition, ExitCode.Refused)]
    [InlineData(StatusCode.ResourceExhausted, ExitCode.Refused)]
    [InlineData(StatusCode.Unavailable, ExitCode.Unavailable)]
    [InlineData(StatusCode.Unauthenticated, ExitCode.NotAllowed)]
    [InlineData(StatusCode.PermissionDenied, ExitCode.NotAllowed)]
    [InlineData(StatusCode.NotFound, ExitCode.NotFound)]
    [InlineData(StatusCode.DeadlineExceeded, ExitCode.TimedOut)]
    [InlineData(StatusCode.Internal, ExitCode.ServerFault)]
    public async Task Total_Refused_AnswersTheExitCodeOfTheStatus(StatusCode status, int expected)
    {
        Server.Answers.Total = _ => throw FakeServer.Refuse(status, "no");

        Assert.Equal(expected, await RunAsync("total", "360300", "2014", "2017"));
        Assert.Contains(Faults.Name(status), Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Output.ToString());
    }

    [Fact]
    public async Task Total_NoServer_SaysWhichAddressAndThatRepeatingIsSafe()
    {
        // Taken and never listened at: it refuses connections, and nobody else gets it meanwhile.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://{nobody.LocalEndPoint}";

        Assert.Equal(ExitCode.Unavailable, await RunAtAsync(address, "total", "1", "2014", "2017"));
        Assert.Contains(address, Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_BrokenRules_ShowsCellValueAndRule()
    {
        Server.Answers.Submit = _ => throw FakeServer.Refuse(
            StatusCode.InvalidArgument, "2 rules broken",
            new Violation { Field = "cells[3.1]", Value = "2 : 0", Rule = "[3.1] = sum([3.1.1]:[3.1.4])", MessageZh = "不等", MessageEn = "not equal" },
            new Violation { Field = "cells[9.9]", Value = "1", Rule = "form.cell", MessageEn = "no such cell" });

        Assert.Equal(ExitCode.Refused, await RunAsync("submit", Write("a.json", One)));

        var error = Error.ToString();
        Assert.Contains("INVALID_ARGUMENT 2 rules broken", error, StringComparison.Ordinal);
        Assert.Contains("│ cells[3.1]  │ 2 : 0    │ [3.1] = sum([3.1.1]:[3.1.4]) │ 不等 / not equal │", error, StringComparison.Ordinal);
        Assert.Contains("│ cells[9.9]  │ 1 ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_BrokenRulesAsJson_WritesTheRefusalToTheErrorStream()
    {
        Server.Answers.Submit = _ => throw FakeServer.Refuse(
            StatusCode.InvalidArgument, "broken", new Violation { Field = "cells[3.1]", Value = "2", Rule = "r", MessageZh = "不等", MessageEn = "e" });

        Assert.Equal(ExitCode.Refused, await RunAsync("submit", Write("a.json", One), "--json"));

        using var document = JsonDocument.Parse(Error.ToString());
        Assert.Equal("INVALID_ARGUMENT", document.RootElement.GetProperty("code").GetString());
        var violation = document.RootElement.GetProperty("refusal").GetProperty("violations")[0];
        Assert.Equal("cells[3.1]", violation.GetProperty("field").GetString());
        Assert.Equal("不等", violation.GetProperty("messageZh").GetString());
        Assert.Empty(Output.ToString());
    }

    [Fact]
    public async Task Submit_ManyWithOneRefused_FilesTheOthersAndNamesTheOne()
    {
        var accept = Server.Answers.Submit;
        Server.Answers.Submit = request => request.Unit == "b"
            ? throw FakeServer.Refuse(StatusCode.InvalidArgument, "broken", new Violation { Field = "cells[1]", Value = "7", Rule = "the rule", MessageEn = "e" })
            : accept(request);
        var file = Write("a.csv", "unit,form,period,cell,value\na,f,2017,1,1\nb,f,2017,1,7\nc,f,2017,1,3\n");

        Assert.Equal(ExitCode.Refused, await RunAsync("submit", file));

        Assert.Contains("│ a ", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("│ c ", Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("│ b ", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("INVALID_ARGUMENT b f 2017: broken", Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("the rule", Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 of 3 submissions give no requestId", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SameFileTwice_SendsTheSameRequestIds()
    {
        var ids = new List<string>();
        var accept = Server.Answers.Submit;
        Server.Answers.Submit = request =>
        {
            ids.Add(request.RequestId);
            return accept(request);
        };
        var file = Write("a.json", """{"unit":"u","form":"f","period":"2017","cells":{"1":1}}""");

        Assert.Equal(ExitCode.Ok, await RunAsync("submit", file));
        Assert.Equal(ExitCode.Ok, await RunAsync("submit", file));

        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task Validate_FieldsThatCannotBeRead_ShowsEachAndIsRefused()
    {
        Server.Answers.Validate = _ => new ValidateResponse
        {
            Violations = { Enumerable.Range(0, 40).Select(static n => new Violation { Field = $"cells[x{n}]", Rule = "a cell", MessageEn = "no such cell" }) },
        };

        Assert.Equal(ExitCode.Refused, await RunAsync("validate", Write("a.json", One)));
        Assert.Contains("would be refused, 40 findings", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cells[x0]", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cells[x39]", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NotAcceptable_ShowsFindingsAndIsRefused()
    {
        Server.Answers.Validate = _ => new ValidateResponse
        {
            Findings = { new Finding { CheckId = "3.1=sum", Severity = Severity.Hard, Cell = "3.1", Value = "2 : 0", Rule = "r", MessageEn = "not equal" } },
        };

        Assert.Equal(ExitCode.Refused, await RunAsync("validate", Write("a.json", One)));
        Assert.Contains("3.1=sum", Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("total", "360300")]
    [InlineData("total", "360300", "2014", "2017", "--scope", "everything")]
    [InlineData("total", "360300", "2014", "2017", "--timeout", "0")]
    [InlineData("total", "360300", "2014", "2017", "--server", "ftp://nowhere")]
    [InlineData("submit", "absent.json")]
    [InlineData("total", "360300", "2014", "2017", "--key-file", "absent.key")]
    [InlineData("nonsense")]
    public async Task Run_WrongUsage_SendsNothing(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(arguments));
        Assert.NotEmpty(Error.ToString());
        Assert.Empty(Server.Answers.Authorizations);
    }

    [Fact]
    public async Task Watch_Cancelled_AnswersAsShellsCountIt()
    {
        using var stop = new CancellationTokenSource();
        var running = CommandLineApplication.RunAsync(
            ["watch", "360300", "items-by-class", "2012", "--json", "--server", Server.Address], Terminal.Of(Output, Error), stop.Token);
        await Server.Answers.WatchStarted.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await stop.CancelAsync();

        Assert.Equal(ExitCode.Cancelled, await running.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Watch_WithCount_EndsAfterSoMany()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("watch", "360300", "items-by-class", "2012", "--json", "--count", "1"));

        Assert.Single(Output.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task KeyCreate_ToFile_IsReadableByItsOwnerOnlyAndNotShown()
    {
        var file = Path.Combine(Folder.FullName, "new.key");

        Assert.Equal(ExitCode.Ok, await RunAsync("key", "create", "reading", "--read", "*", "--out", file));

        Assert.Equal("agk_south_0123456789ab_secret", (await File.ReadAllTextAsync(file)).Trim());
        Assert.DoesNotContain("agk_", Output.ToString() + Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private const string One = """{"unit":"411300-G01","form":"2014","period":"2017","requestId":"r","cells":{"3.1":2}}""";
}
