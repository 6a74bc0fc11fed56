using System.Net;
using Aggregation.ServiceDefaults;
using Microsoft.AspNetCore.Builder;

namespace Aggregation.Hosting.Tests.ServiceDefaults;

/// <summary>Who reads <c>/metrics</c> without a credential, from another machine.</summary>
public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData("Loopback", "http", "", HttpStatusCode.Unauthorized)]
    [InlineData("Plaintext", "http", "", HttpStatusCode.OK)]
    [InlineData("Plaintext", "https", "", HttpStatusCode.Unauthorized)]
    [InlineData("Plaintext", "http", "192.0.2.7", HttpStatusCode.Unauthorized)]
    [InlineData("Anyone", "https", "192.0.2.7", HttpStatusCode.OK)]
    public async Task Metrics_FromAnotherMachine_AnswersAsAccessSays(string access, string scheme, string forwardedFor, HttpStatusCode expected)
    {
        var builder = WebApplication.CreateBuilder([$"--Metrics:Access={access}", "--urls=http://127.0.0.1:0"]);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.9");
            context.Request.Scheme = scheme;
            return next(context);
        });
        app.MapServiceDefaults();
        await app.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.Single()), "/metrics"));
        if (forwardedFor.Length > 0)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        using var answer = await http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }
}
