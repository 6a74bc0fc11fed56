using Aggregation.V1;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Cli.Tests.Commands;

public sealed class KeyCommandTests : CommandTest
{
    [Fact]
    public async Task KeyCreate_EveryOption_ReachesTheServer()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "key", "create", "clerk", "--submit", "360301", "--review", "360300", "--unit-only", "--user", "wang", "--expires", "2027-01-31"));

        var asked = Server.Answers.KeyAsked!;
        Assert.Equal(
            ("clerk", "wang", new Timestamp { Seconds = 1_801_353_600 }, null, false),
            (asked.Label, asked.User, asked.ExpiresAt, asked.Read, asked.Administrator));
        Assert.Equal(new Subtree { Unit = "360301", Tree = "territory", UnitOnly = true }, asked.Submit);
        Assert.Equal(new Subtree { Unit = "360300", Tree = "territory", UnitOnly = true }, asked.Review);
    }

    [Fact]
    public async Task KeyRotate_OverlapAndFile_WritesTheNewKeyAndShowsNone()
    {
        var file = Path.Combine(Folder.FullName, "rotated.key");

        Assert.Equal(ExitCode.Ok, await RunAsync("key", "rotate", "0123456789ab", "--overlap", "36h", "--out", file));

        Assert.Equal(("0123456789ab", 129_600L, null), (Server.Answers.RotationAsked!.KeyId, Server.Answers.RotationAsked.Overlap.Seconds, Server.Answers.RotationAsked.ExpiresAt));
        Assert.Equal("agk_south_ba9876543210_secret", (await File.ReadAllTextAsync(file)).Trim());
        Assert.DoesNotContain("agk_", Output.ToString() + Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key", "rotate", "0123456789ab", "--overlap", "soon")]
    [InlineData("key", "rotate", "0123456789ab", "--overlap", "-1d")]
    [InlineData("key", "rotate", "0123456789ab", "--expires", "never")]
    [InlineData("key", "create", "x", "--expires", "99999999999d")]
    public async Task Key_BadLengthOrEnd_IsAUsageError(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(arguments));

        Assert.Contains($"'{arguments[^1]}'", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyList_Keys_ShowsRightsEndAndLastUse()
    {
        Server.Answers.Keys =
        [
            new Key
            {
                KeyId = "0123456789ab",
                Label = "clerk",
                User = "wang",
                Submit = new Subtree { Tree = "territory", Unit = "360301", UnitOnly = true },
                Review = new Subtree { Tree = "education", Unit = "*" },
                CreatedAt = new Timestamp(),
                ExpiresAt = new Timestamp { Seconds = 1_801_353_600 },
                ReplacedBy = "ba9876543210",
                LastUsedAt = new Timestamp { Seconds = 1_491_615_000 },
            },
            new Key { KeyId = "ba9876543210", Label = "other", Administrator = true, CreatedAt = new Timestamp() },
        ];

        Assert.Equal(ExitCode.Ok, await RunAsync("key", "list"));

        var shown = string.Join(' ', Output.ToString().Split((char[])['\n', ' ', '│'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in new[] { "wang", "360301 only", "education/*", "administrator", "2017-04-08", "2027-01-31", "never" })
        {
            Assert.Contains(part, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task User_ListDisableEnable_ReachTheServer()
    {
        Server.Answers.Users = [new User { User_ = "wang", OpenKeys = 2, DisabledAt = new Timestamp { Seconds = 1_491_615_000 } }];

        Assert.Equal(ExitCode.Ok, await RunAsync("user", "disable", "wang"));
        Assert.Equal(ExitCode.Ok, await RunAsync("user", "enable", "wang"));
        Assert.Equal(ExitCode.Ok, await RunAsync("user", "list"));

        Assert.Equal(["disable wang", "enable wang"], Server.Answers.UserChanges);
        Assert.Contains("2017-04-08", Output.ToString(), StringComparison.Ordinal);
    }
}
