using Aggregation.Cli.Connection;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Reviews;

/// <summary>四眼原则: who filed does not accept.</summary>
[Collection(ServerCollection.Name)]
public sealed class FourEyesTests(Server server)
{
    private const string Unit = OwnTenant.First;
    private static readonly V1.Subtree Everything = new() { Unit = "*" };

    [Fact]
    public async Task Accept_ByTheKeyThatFiled_IsRefusedAndByAnotherTaken()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var receipt = await tenant.SubmitAsync(Unit, "r", 1);

        await RefusedAsync(receipt, tenant.Key);

        Assert.Equal(2, (await AcceptAsync(receipt, await KeyAsync(tenant))).Revision);
    }

    [Fact]
    public async Task Accept_ByAnotherKeyOfTheUserThatFiled_IsRefused()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var receipt = await SubmitAsync(await KeyAsync(tenant, "clerk-1"), "r");

        await RefusedAsync(receipt, await KeyAsync(tenant, "clerk-1"));

        Assert.Equal(2, (await AcceptAsync(receipt, await KeyAsync(tenant, "clerk-2"))).Revision);
    }

    [Fact]
    public async Task Accept_ByTheKeyInPlaceOfTheOneThatFiled_IsRefused()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var key = await KeyAsync(tenant);
        var receipt = await SubmitAsync(key, "r");
        var second = await RotateAsync(tenant, key);
        var third = await RotateAsync(tenant, second);

        await RefusedAsync(receipt, third);
        var newer = await SubmitAsync(third, "s");
        await RefusedAsync(newer, key);
    }

    [Fact]
    public async Task Accept_OfACorrectionBySomebodyElse_IsTakenFromWhoFiledBefore()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        await tenant.SubmitAsync(Unit, "r", 1);
        var other = await KeyAsync(tenant);
        var corrected = await SubmitAsync(other, "s");

        await RefusedAsync(corrected, other);

        Assert.Equal(3, (await AcceptAsync(corrected, tenant.Key)).Revision);
    }

    [Fact]
    public async Task AcceptMany_OwnAndOthers_AcceptsTheOthers()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var own = await tenant.SubmitAsync(Unit, "r", 1);
        var others = await SubmitAsync(await KeyAsync(tenant), "r", OwnTenant.Second);

        var answer = await server.Reviews.AcceptManyAsync(
            new V1.AcceptManyRequest
            {
                Form = "2014",
                Period = "2017",
                RequestId = "many",
                Items =
                {
                    new V1.AcceptItem { Unit = own.Unit, Revision = own.Revision, Hash = own.Hash },
                    new V1.AcceptItem { Unit = others.Unit, Revision = others.Revision, Hash = others.Hash },
                },
            },
            tenant.Call);

        Assert.Equal((1, 1), (answer.Accepted, answer.Skipped));
        Assert.Equal("review.four-eyes", Assert.Single(answer.Outcomes[0].Error.Refusal.Violations).Rule);
    }

    [Fact]
    public async Task Return_ByTheKeyThatFiled_IsTaken()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var receipt = await tenant.SubmitAsync(Unit, "r", 1);

        Assert.Equal(2, (await server.Reviews.ReturnAsync(Act(receipt, "return"), tenant.Call)).Revision);
    }

    [Fact]
    public async Task DecideCompletion_ByTheKeyThatReported_IsRefusedAndByAnotherTaken()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false, fourEyes: true);
        var reviewer = await KeyAsync(tenant);
        var accepted = await AcceptAsync(await tenant.SubmitAsync(Unit, "r", 1), reviewer);
        var total = await tenant.TotalAsync(
            new V1.TotalSelector { Unit = "411300", Form = "2014", Period = "2017", Layer = V1.Layer.Accepted }, accepted);
        var reported = await server.Reviews.ReportCompletionAsync(
            new V1.ReportCompletionRequest { Unit = "411300", Form = "2014", Period = "2017", RequestId = "c", ExpectedDigest = total.Digest }, tenant.Call);
        var decision = new V1.DecideCompletionRequest
        {
            Unit = "411300", Form = "2014", Period = "2017", RequestId = "d", Number = reported.Number, Hash = reported.Hash, Accept = true,
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Reviews.DecideCompletionAsync(decision, tenant.Call));

        Assert.Equal((StatusCode.FailedPrecondition, "review.four-eyes"), (refused.StatusCode, Assert.Single(Refusals.Of(refused).Violations).Rule));
        var decided = await server.Reviews.DecideCompletionAsync(decision, Server.As(reviewer));
        Assert.Equal(V1.CompletionState.Accepted, decided.Completion.State);
    }

    [Fact]
    public async Task Settings_WhereReviewBegins_AreFourEyesUnlessSaidOtherwise()
    {
        var admin = await CreateAsync("eyes-1", new V1.TenantSettings { AutoAccept = false });
        Assert.True((await ChangeAsync(admin, new V1.TenantSettings { AutoAccept = false })).FourEyes);
        Assert.False((await ChangeAsync(admin, new V1.TenantSettings { AutoAccept = false, FourEyes = false })).FourEyes);
        Assert.False((await ChangeAsync(admin, new V1.TenantSettings { AutoAccept = false, RequireSignature = true })).FourEyes);
        Assert.False((await ChangeAsync(admin, new V1.TenantSettings { AutoAccept = true })).FourEyes);
        Assert.True((await ChangeAsync(admin, new V1.TenantSettings { AutoAccept = false })).FourEyes);

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => ChangeAsync(admin, new V1.TenantSettings { AutoAccept = true, FourEyes = true }));
        Assert.Equal((StatusCode.InvalidArgument, "settings.four_eyes"), (refused.StatusCode, Assert.Single(Refusals.Of(refused).Violations).Field));
    }

    private static V1.ReviewRequest Act(V1.Receipt seen, string id) => new()
    {
        Unit = seen.Unit, Form = seen.Form, Period = seen.Period, RequestId = id, Revision = seen.Revision, Hash = seen.Hash, Text = "x",
    };

    private async Task<V1.Receipt> AcceptAsync(V1.Receipt receipt, string key) =>
        await server.Reviews.AcceptAsync(Act(receipt, $"accept {receipt.Revision}"), Server.As(key));

    private async Task RefusedAsync(V1.Receipt receipt, string key)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => AcceptAsync(receipt, key));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        var violation = Assert.Single(Refusals.Of(refused).Violations);
        Assert.Equal(("revision", $"{receipt.Revision}", "review.four-eyes"), (violation.Field, violation.Value, violation.Rule));
        Assert.Contains("四眼", violation.MessageZh, StringComparison.Ordinal);
    }

    private async Task<V1.Receipt> SubmitAsync(string key, string id, string unit = Unit) =>
        await server.Submissions.SubmitAsync(Server.Submit(unit, id, 7, "2017"), Server.As(key));

    private async Task<string> KeyAsync(OwnTenant tenant, string user = "") => (await server.Admin.CreateKeyAsync(
        new V1.CreateKeyRequest { Label = "test", User = user, Submit = Everything, Review = Everything }, tenant.Call)).Text;

    private async Task<string> RotateAsync(OwnTenant tenant, string key) => (await server.Admin.RotateKeyAsync(
        new V1.RotateKeyRequest { KeyId = Server.KeyIdOf(key), Overlap = new Google.Protobuf.WellKnownTypes.Duration { Seconds = 3600 } },
        tenant.Call)).Text;

    private async Task<string> CreateAsync(string tenant, V1.TenantSettings settings) => (await server.Admin.CreateTenantAsync(
        new V1.CreateTenantRequest { Tenant = tenant, Name = tenant, Settings = settings }, Server.As(server.Platform))).AdministratorKey;

    private async Task<V1.TenantSettings> ChangeAsync(string administrator, V1.TenantSettings settings) =>
        await server.Admin.ChangeSettingsAsync(new V1.ChangeSettingsRequest { Settings = settings }, Server.As(administrator));
}
