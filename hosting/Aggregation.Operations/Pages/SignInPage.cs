using Aggregation.Operations.Access;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>What everybody sees who is not known as an operator, whoever else they are.</summary>
internal static class SignInPage
{
    public static IResult Refusal(HttpContext context, bool isTried)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new Page(
            "登录 Sign in",
            Html.Of(
                $"""
                <form class="sign-in" method="post" action="/ops/sign-in">
                <h1>登录 Sign in</h1>
                <label for="key">平台运维密钥 <span class="quiet">Platform operator's key</span></label>
                <input id="key" name="{SignIn.Field}" type="password" autocomplete="off" spellcheck="false" required autofocus>
                {(isTried ? Html.Of($"""<p class="failed" role="alert">密钥无效 This is no platform operator's key.</p>""") : Html.None)}
                <button>登录 Sign in</button>
                </form>
                """),
            StatusCodes.Status401Unauthorized,
            isSignedIn: false);
    }
}
