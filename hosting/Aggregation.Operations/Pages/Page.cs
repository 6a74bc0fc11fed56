using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>What every page has around it.</summary>
internal sealed class Page(string title, IHtmlContent body, int status = StatusCodes.Status200OK, bool isSignedIn = true, bool isLive = false) : IResult
{
    /// <summary>Nothing but this server's own files, no script or style inside a page, no frame around it.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Chinese stays readable in the page's source.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static IResult NotFound(string what) =>
        new Page("没有 Not found", Html.Of($"""<p class="empty">{what}</p>"""), StatusCodes.Status404NotFound);

    /// <summary>To who is not signed in: why a form was not taken.</summary>
    public static IResult NotTaken(int status, string why) =>
        new Page("登录 Sign in", Html.Of($"""<p class="empty">{why} <a href="/ops">登录 sign in</a></p>"""), status, isSignedIn: false);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await using var text = new StringWriter();
        Around().WriteTo(text, Encoder);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.BodyWriter.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private IHtmlContent Around() => Html.Of(
        $"""
        <!doctype html>
        <html lang="zh">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · Aggregation</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/ops/ops.css">
        <script src="/ops/ops.js" defer></script>
        </head>
        <body>
        <header><b>Aggregation</b> <span class="quiet">运维 operations</span>{(isSignedIn ? Navigation() : Html.None)}</header>
        <main>{body}</main>
        </body>
        </html>
        """);

    private IHtmlContent Navigation() => Html.Of(
        $"""
        <nav><a href="/ops">概况 Overview</a> <a href="/ops/traces">链路 Traces</a></nav>
        {(isLive ? Html.Of($"""<button type="button" id="pause" aria-pressed="false" hidden>暂停 Pause</button>""") : Html.None)}
        <form method="post" action="/ops/sign-out"><button>退出 Sign out</button></form>
        """);
}
