using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aggregation.Gateway.Tests.Tokens;

/// <summary>An OpenID Connect issuer on the loopback: discovery, keys, and whatever tokens a test wants.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "aggregation";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Every issuer's first key, under a name of its own each time: to make one takes longer than most tests.</summary>
    private static readonly RSAParameters FirstKey = NewKey().Rsa.ExportParameters(includePrivateParameters: true);

    private readonly WebApplication app;
    private readonly List<RsaSecurityKey> keys = [];
    private int keysAsked;

    private TestIssuer(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>How often its keys were asked for.</summary>
    public int KeysAsked => keysAsked;

    /// <summary>While set, it answers nothing that helps.</summary>
    public bool IsDown { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => issuer.IsDown
            ? Results.StatusCode(503)
            : Results.Json(new Dictionary<string, string> { ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys" }));
        app.MapGet("/keys", issuer.Keys);
        issuer.keys.Add(Named(RSA.Create(FirstKey)));
        await app.StartAsync();
        issuer.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return issuer;
    }

    /// <summary>Another key, which signs from now on; the earlier ones are shown no longer.</summary>
    public void Rotate()
    {
        keys.Clear();
        keys.Add(NewKey());
    }

    public static RsaSecurityKey NewKey() => Named(RSA.Create(2048));

    private static RsaSecurityKey Named(RSA key) => new(key) { KeyId = Guid.NewGuid().ToString("N") };

    /// <summary>A good token, for a test to spoil.</summary>
    public SecurityTokenDescriptor Good(DateTimeOffset now, params IEnumerable<(string Claim, object Value)> claims)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddMinutes(5),
            SigningCredentials = new SigningCredentials(keys[^1], SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "wang", ["tenant"] = GatewayHost.TenantName, ["roles"] = new[] { "viewer" }, ["unit"] = "411300",
            },
        };
        foreach (var (claim, value) in claims)
        {
            descriptor.Claims[claim] = value;
        }

        return descriptor;
    }

    public static string Write(SecurityTokenDescriptor token) => Handler.CreateToken(token);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private IResult Keys()
    {
        Interlocked.Increment(ref keysAsked);
        return Results.Json(new Dictionary<string, object>
        {
            ["keys"] = keys.Select(static key =>
            {
                var shown = key.Rsa.ExportParameters(includePrivateParameters: false);
                return new Dictionary<string, string>
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = key.KeyId,
                    ["n"] = Base64UrlEncoder.Encode(shown.Modulus),
                    ["e"] = Base64UrlEncoder.Encode(shown.Exponent),
                };
            }).ToArray(),
        });
    }
}
