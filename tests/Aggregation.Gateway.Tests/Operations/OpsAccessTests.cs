using System.Net;
using Aggregation.Operations.Access;

namespace Aggregation.Gateway.Tests.Operations;

/// <summary>Who sees the operators' page: a platform operator, and nobody else.</summary>
public sealed class OpsAccessTests
{
    private const string On = "Ops:Enabled=true";
    private const string UnknownKey = "agk_platform_0000000000ff_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string SomeTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>Open to everybody: the form's look, and where it goes.</summary>
    private static readonly string[] Open = ["/ops/ops.css", "/ops/ops.js", "/ops/sign-in", "/ops/sign-out"];

    [Fact]
    public async Task EveryPath_WithoutAnOperatorsKey_IsTheSameRefusal()
    {
        await using var host = await GatewayHost.StartAsync(On);
        var revoked = Operator(host);
        host.Grains.Platform.Keys.Revoke(revoked);
        string?[] headers =
        [
            null, "", "Bearer", "Basic b3BlcmF0b3I6a2V5", "Bearer x", "Bearer " + UnknownKey, "Bearer " + revoked, "Bearer " + host.Key,
            Operator(host),
        ];
        var paths = Paths(host);
        Assert.Equal(["/ops/", "/ops/nothing", "/ops/traces", $"/ops/traces/{SomeTrace}"], paths.Order(StringComparer.Ordinal));
        var bodies = new HashSet<string>();
        foreach (var path in paths)
        {
            foreach (var header in headers)
            {
                using var answer = await GetAsync(host, path, header);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{path} with '{header}' answers {answer.StatusCode}.");
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
                bodies.Add(await answer.Content.ReadAsStringAsync());
            }
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task EveryPath_WithAnOperatorsKey_AnswersUnderAStrictPolicy()
    {
        await using var host = await GatewayHost.StartAsync(On);
        var header = "Bearer " + Operator(host);
        foreach (var path in Paths(host))
        {
            using var answer = await GetAsync(host, path, header);
            var isThere = path is "/ops/" or "/ops/traces";
            Assert.Equal((path, isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound), (path, answer.StatusCode));
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task SignIn_WithoutAnOperatorsKey_IsRefusedLikeAnUnknownOne()
    {
        await using var host = await GatewayHost.StartAsync(On);
        var bodies = new HashSet<string>();
        foreach (var key in new[] { "", "x", UnknownKey, host.Key, new string('a', 3_000) })
        {
            using var answer = await SignInAsync(host, key);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task SignIn_OperatorsKey_LastsUntilSignedOut()
    {
        await using var host = await GatewayHost.StartAsync(On);
        using var answer = await SignInAsync(host, Operator(host));
        Assert.Equal((HttpStatusCode.Redirect, "/ops"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("; max-age=28800; path=/ops; samesite=strict; httponly", cookie[cookie.IndexOf(';', StringComparison.Ordinal)..]);
        var session = cookie.Split(';')[0];

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, session));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, session[..^1]));
        using var signOut = new HttpRequestMessage(HttpMethod.Post, "/ops/sign-out") { Headers = { { "Cookie", session } } };
        using var signedOut = await Client(host).SendAsync(signOut);
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, session));
    }

    [Fact]
    public async Task Session_KeyRevoked_EndsWithinTheCacheTime()
    {
        await using var host = await GatewayHost.StartAsync(On);
        var key = Operator(host);
        var session = await SessionAsync(host, key);
        host.Grains.Platform.Keys.Revoke(key);
        host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, session));
    }

    [Fact]
    public async Task Session_AfterItsTime_IsOver()
    {
        await using var host = await GatewayHost.StartAsync(On, "Ops:SessionTime=00:10:00");
        var session = await SessionAsync(host, Operator(host));
        host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, session));
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, session));
    }

    [Fact]
    public async Task Session_OneTooMany_EndsTheOldest()
    {
        await using var host = await GatewayHost.StartAsync(On, $"Ops:SignInsPerMinute={Sessions.Most + 1}");
        var key = Operator(host);
        var sessions = new List<string>();
        for (var i = 0; i <= Sessions.Most; i++)
        {
            sessions.Add(await SessionAsync(host, key));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, sessions[0]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, sessions[1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, sessions[^1]));
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task SignIn_FromAnotherSite_IsForbidden(string header, string value)
    {
        await using var host = await GatewayHost.StartAsync(On);
        using var request = SignIn(Operator(host));
        request.Headers.Add(header, value);
        using var answer = await Client(host).SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task SignIn_TriedTooOften_IsHeldBackEvenWithTheRightKey()
    {
        await using var host = await GatewayHost.StartAsync(On, "Ops:SignInsPerMinute=2");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(host, UnknownKey)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(host, UnknownKey)).StatusCode);

        using var answer = await SignInAsync(host, Operator(host));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task GrpcAddress_HasNoSuchPage()
    {
        await using var host = await GatewayHost.StartAsync(On);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Endpoints.GrpcAddress, "/ops"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "Authorization", "Bearer " + Operator(host) } },
        };
        using var answer = await Client(host).SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task SwitchedOff_IsNotThere()
    {
        await using var host = await GatewayHost.StartAsync();
        Assert.Empty(host.Routes("/ops"));
        using var answer = await GetAsync(host, "/ops", "Bearer " + Operator(host));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>Every path that is mapped and not open, with something in place of its parameters.</summary>
    private static List<string> Paths(GatewayHost host)
    {
        var routes = host.Routes("/ops").Select(static route => route.RoutePattern.RawText!).ToList();
        Assert.Superset(Open.ToHashSet(), routes.ToHashSet());
        return [.. routes.Except(Open).Select(static route => route
            .Replace("{id}", SomeTrace, StringComparison.Ordinal).Replace("{**rest}", "nothing", StringComparison.Ordinal))];
    }

    private static string Operator(GatewayHost host) => host.Grains.Platform.Keys.Issue(static caller => caller with { IsPlatform = true });

    private static HttpClient Client(GatewayHost host) => host.Http;

    private static async Task<HttpResponseMessage> GetAsync(GatewayHost host, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await Client(host).SendAsync(request);
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost host, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ops") { Headers = { { "Cookie", cookie } } };
        using var answer = await Client(host).SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpRequestMessage SignIn(string key) => new(HttpMethod.Post, "/ops/sign-in")
    {
        Content = new FormUrlEncodedContent([new("key", key)]),
    };

    private static async Task<HttpResponseMessage> SignInAsync(GatewayHost host, string key)
    {
        using var request = SignIn(key);
        return await Client(host).SendAsync(request);
    }

    private static async Task<string> SessionAsync(GatewayHost host, string key)
    {
        using var answer = await SignInAsync(host, key);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }
}
