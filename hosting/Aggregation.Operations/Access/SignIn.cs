using System.Globalization;
using System.Threading.RateLimiting;
using Aggregation.Operations.Pages;
using Aggregation.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Aggregation.Operations.Access;

/// <summary>Turns an operator's key into a session, and ends sessions.</summary>
internal sealed class SignIn(Sessions sessions, IOptions<OpsOptions> options, IOperatorCredential? credential = null) : IDisposable
{
    public const string Field = "key";

    private const int MostFormBytes = 4 << 10;

    private readonly PartitionedRateLimiter<HttpContext> _tries = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Takes the key of a form.</summary>
    public async Task<IResult> BeginAsync(HttpContext context)
    {
        if (!IsOwn(context.Request))
        {
            return Foreign();
        }

        using var turn = _tries.AttemptAcquire(context);
        if (!turn.IsAcquired)
        {
            context.Response.Headers.RetryAfter = turn.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)
                : "60";
            return Page.NotTaken(StatusCodes.Status429TooManyRequests, "尝试过多，请稍候 Too many tries; wait a minute.");
        }

        if (!context.Request.HasFormContentType || context.Request.ContentLength is not (>= 0 and <= MostFormBytes))
        {
            return Page.NotTaken(StatusCodes.Status400BadRequest, $"表单须不超过 {MostFormBytes} 字节 A form of at most {MostFormBytes} bytes is needed.");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (credential is null || await credential.GrantAsync(form[Field].ToString().Trim()) is not { } grant)
        {
            return SignInPage.Refusal(context, isTried: true);
        }

        context.Response.Cookies.Append(OpsGuard.Cookie, sessions.Begin(grant), Cookie(context.Request));
        return Results.Redirect(OperationsRegistration.Path);
    }

    public IResult End(HttpContext context)
    {
        if (!IsOwn(context.Request))
        {
            return Foreign();
        }

        if (context.Request.Cookies.TryGetValue(OpsGuard.Cookie, out var token))
        {
            sessions.End(token);
            context.Response.Cookies.Delete(OpsGuard.Cookie, Cookie(context.Request));
        }

        return Results.Redirect(OperationsRegistration.Path);
    }

    public void Dispose() => _tries.Dispose();

    private static IResult Foreign() =>
        Page.NotTaken(StatusCodes.Status403Forbidden, "表单来自别处 The form came from elsewhere.");

    /// <summary>No other site's form: browsers say where one comes from. Programs need none, and say nothing.</summary>
    private static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value));
    }

    private CookieOptions Cookie(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = OperationsRegistration.Path,
        MaxAge = options.Value.SessionTime,
        IsEssential = true,

        // A proxy that ends TLS in front of the server says so; that a client may claim it can only make the cookie safer.
        Secure = request.IsHttps || request.Headers["X-Forwarded-Proto"] == Uri.UriSchemeHttps,
    };
}
