using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class TenantCommandTests : CommandTest
{
    private static readonly TenantSettings Reviewed = new()
    {
        AutoAccept = false, FillTotals = true, RequireSignature = false, FourEyes = true, CheckSumsBelow = true, LockOnCompletion = false,
    };

    public static TheoryData<string[], TenantSettings> Settings => new()
    {
        { [], Reviewed },
        { ["--review"], Reviewed },
        { ["--signed"], new TenantSettings(Reviewed) { RequireSignature = true } },
        { ["--no-four-eyes", "--enter-totals"], new TenantSettings(Reviewed) { FourEyes = false, FillTotals = false } },
        { ["--sums-unchecked", "--lock-on-completion"], new TenantSettings(Reviewed) { CheckSumsBelow = false, LockOnCompletion = true } },
        {
            ["--auto-accept"],
            new TenantSettings { AutoAccept = true, FillTotals = true, RequireSignature = false, CheckSumsBelow = true, LockOnCompletion = false }
        },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Create_WithOptions_ReviewsUnlessAutoAcceptIsChosen(string[] options, TenantSettings expected)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(["tenant", "create", "east", "--out", Path.Combine(Folder.FullName, "east.key"), .. options]));

        Assert.Equal(
            new CreateTenantRequest { Tenant = "east", Name = "east", Settings = expected }, Assert.Single(Server.Answers.TenantsAsked));
    }

    [Theory]
    [InlineData("--review")]
    [InlineData("--signed")]
    [InlineData("--no-four-eyes")]
    public async Task Create_AutoAcceptWithReview_SendsNothing(string option)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("tenant", "create", "east", "--auto-accept", option));

        Assert.Empty(Server.Answers.TenantsAsked);
        Assert.Contains("--auto-accept", Error.ToString(), StringComparison.Ordinal);
    }
}
