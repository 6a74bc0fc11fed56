using Aggregation.Operations.Pages;
using Aggregation.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Access;

/// <summary>Lets through who shows a platform operator's key with the request, or has signed in with one. Everyone else is asked for it.</summary>
internal sealed class OpsGuard(Sessions sessions, IOperatorCredential? credential = null) : IEndpointFilter
{
    public const string Cookie = "aggregation-ops";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await IsOperatorAsync(context.HttpContext) ? await next(context) : SignInPage.Refusal(context.HttpContext, isTried: false);

    private async ValueTask<bool> IsOperatorAsync(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
            ? credential is not null && await credential.IsShownAsync(context) == true
            : context.Request.Cookies.TryGetValue(Cookie, out var token) && await sessions.IsOpenAsync(token);
}
