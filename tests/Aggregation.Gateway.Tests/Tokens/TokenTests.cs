using Aggregation.Contracts;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Aggregation.Gateway.Tests.Tokens;

public sealed class TokenTests : IAsyncLifetime
{
    private static readonly Subtree City = new(Names.Territory, "411300");

    private TestIssuer issuer = null!;
    private GatewayHost host = null!;

    public static TheoryData<string> Spoilt =>
    [
        "expired", "not yet", "no end", "another issuer", "another audience", "no audience", "another's signature", "a changed payload",
        "no signature", "signed with the public key", "alg none", "no tenant", "another tenant's format", "the platform", "a tenant that is not there", "two tenants",
        "no user", "a name for a user", "a unit that is none", "a disabled user",
    ];

    private DateTimeOffset Now => host.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        host = await GatewayHost.StartAsync($"Tokens:Issuer={issuer.Address}", $"Tokens:Audience={TestIssuer.Audience}");
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task Call_GoodToken_IsItsUserWithItsRolesForItsUnit()
    {
        Caller? seen = null;
        host.Ledger("411300-G01").OnSubmit = (caller, command, _) =>
        {
            seen = caller;
            return Task.FromResult(Fakes.FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "411300-G01"), command));
        };
        var token = issuer.Good(Now, ("roles", new[] { "submitter", "reviewer", "viewer", "administrator", "something-else" }));

        await host.Submissions.SubmitAsync(Requests.Submit(), Bearer(token));

        Assert.Equal(
            new Caller
            {
                Tenant = "hunan",
                KeyId = "user:wang",
                User = "wang",
                Submit = City with { UnitOnly = true },
                Review = City,
                Read = City,
                IsAdministrator = true,
                Origin = 1,
            },
            seen);
    }

    [Theory]
    [InlineData("viewer", StatusCode.OK)]
    [InlineData("submitter viewer", StatusCode.OK)]
    [InlineData("submitter", StatusCode.PermissionDenied)]
    [InlineData("administrator", StatusCode.PermissionDenied)]
    [InlineData("platform", StatusCode.PermissionDenied)]
    [InlineData("", StatusCode.PermissionDenied)]
    public async Task GetTotal_ByRoles_IsAsTheRolesAre(string roles, StatusCode expected)
    {
        var token = issuer.Good(Now, ("roles", roles), ("tree", "education"));

        Assert.Equal(expected, (await TotalAsync(Bearer(token))).Status);
    }

    [Fact]
    public async Task GetTotal_ViewerWithoutAUnit_IsPermissionDenied()
    {
        var token = issuer.Good(Now);
        token.Claims.Remove("unit");

        Assert.Equal(StatusCode.PermissionDenied, (await TotalAsync(Bearer(token))).Status);
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task GetTotal_SpoiltToken_IsUnauthenticatedWithTheOneMessage(string how)
    {
        // The same without the fault is good: it is refused for nothing else.
        Assert.Equal(StatusCode.OK, (await TotalAsync(Bearer(issuer.Good(Now)))).Status);

        Assert.Equal(
            (StatusCode.Unauthenticated, "A valid key is needed: authorization: Bearer <key>."),
            await TotalAsync(GatewayHost.Bearer(Spoil(how))));
    }

    [Fact]
    public async Task GetTotal_TokenExpires_IsRefusedOnceTheCachedAnswerIsOld()
    {
        var token = Bearer(issuer.Good(Now));
        Assert.Equal(StatusCode.OK, (await TotalAsync(token)).Status);

        host.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(29));
        Assert.Equal(StatusCode.OK, (await TotalAsync(token)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(StatusCode.Unauthenticated, (await TotalAsync(token)).Status);
    }

    [Fact]
    public async Task GetTotal_UserDisabled_IsRefusedOnceTheCachedAnswerIsOld()
    {
        var token = Bearer(issuer.Good(Now));
        Assert.Equal(StatusCode.OK, (await TotalAsync(token)).Status);
        host.Tenant.Disabled.Add("wang");
        host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(StatusCode.Unauthenticated, (await TotalAsync(token)).Status);
    }

    [Fact]
    public async Task GetTotal_ManyWithinTheCacheTime_ReadKeysOnce()
    {
        var token = Bearer(issuer.Good(Now));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(StatusCode.OK, (await TotalAsync(token)).Status);
        }

        Assert.Equal(1, issuer.KeysAsked);
    }

    [Fact]
    public async Task GetTotal_IssuerCannotBeAsked_IsUnavailableAndKeysGoOn()
    {
        issuer.IsDown = true;

        Assert.Equal(StatusCode.Unavailable, (await TotalAsync(Bearer(issuer.Good(Now)))).Status);
        Assert.Equal(StatusCode.OK, (await TotalAsync(GatewayHost.Bearer(host.Key))).Status);
    }

    [Fact]
    public async Task GetTotal_WithoutAnIssuer_NoTokenIsTaken()
    {
        await using var without = await GatewayHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await without.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = Requests.Total() }, Bearer(issuer.Good(Now))));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Theory]
    [InlineData("Tokens:Issuer=http://login.example", "Tokens:Issuer is 'http://login.example'; it must be an https address, or an http address of the loopback.")]
    [InlineData("Tokens:Audience=", "Tokens:Audience is ''; it must be named where an issuer is.")]
    [InlineData("Tokens:ClockSkew=00:06:00", "Tokens:ClockSkew is '00:06:00'; it must be from 00:00:00 to 00:05:00.")]
    [InlineData("Tokens:UserClaim=", "Tokens:UserClaim is ''; it must be the name of a claim.")]
    public async Task Start_WrongSetting_NamesItWithValueAndRule(string option, string expected)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(
            "Tokens:Issuer=https://login.example", "Tokens:Audience=a", option));

        Assert.Equal(expected, refused.Message);
    }

    private static Metadata Bearer(SecurityTokenDescriptor token) => GatewayHost.Bearer(TestIssuer.Write(token));

    private string Spoil(string how)
    {
        var token = issuer.Good(Now);
        switch (how)
        {
            case "expired":
                (token.NotBefore, token.Expires) = (Now.UtcDateTime.AddMinutes(-10), Now.UtcDateTime.AddSeconds(-31));
                break;
            case "not yet":
                token.NotBefore = Now.UtcDateTime.AddSeconds(31);
                break;
            case "no end":
                token.Expires = null;
                break;
            case "another issuer":
                token.Issuer = "https://login.example";
                break;
            case "another audience":
                token.Audience = "another";
                break;
            case "no audience":
                token.Audience = null;
                break;
            case "another's signature":
                token.SigningCredentials = new SigningCredentials(TestIssuer.NewKey(), SecurityAlgorithms.RsaSha256);
                break;
            case "a changed payload":
                var other = issuer.Good(Now, ("unit", "*"));
                return $"{TestIssuer.Write(token).Split('.')[0]}.{TestIssuer.Write(other).Split('.')[1]}.{TestIssuer.Write(token).Split('.')[2]}";
            case "no signature":
                return string.Join('.', TestIssuer.Write(token).Split('.')[..2]) + ".";
            case "signed with the public key":
                var key = (RsaSecurityKey)token.SigningCredentials.Key;
                token.SigningCredentials = new SigningCredentials(
                    new SymmetricSecurityKey(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId }, SecurityAlgorithms.HmacSha256);
                break;
            case "alg none":
                token.SigningCredentials = null;
                break;
            case "no tenant":
                token.Claims.Remove("tenant");
                break;
            case "another tenant's format":
                token.Claims["tenant"] = "Hu/nan";
                break;
            case "the platform":
                token.Claims["tenant"] = "platform";
                break;
            case "a tenant that is not there":
                host.Grains.Tenant("tenant/nowhere").Exists = false;
                token.Claims["tenant"] = "nowhere";
                break;
            case "two tenants":
                token.Claims["tenant"] = new[] { "hunan", "hubei" };
                break;
            case "no user":
                token.Claims.Remove("sub");
                break;
            case "a name for a user":
                token.Claims["sub"] = "王芳";
                break;
            case "a unit that is none":
                token.Claims["unit"] = "a/b";
                break;
            case "a disabled user":
                host.Tenant.Disabled.Add("li");
                token.Claims["sub"] = "li";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "There is no such way.");
        }

        return TestIssuer.Write(token);
    }

    private async Task<(StatusCode Status, string Message)> TotalAsync(Metadata credential)
    {
        try
        {
            await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Requests.Total() }, credential);
            return (StatusCode.OK, "");
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.Status.Detail);
        }
    }
}
