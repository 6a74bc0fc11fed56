using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Calls that come through a trusted proxy are from the address that it forwards.</summary>
internal static class TrustedProxies
{
    /// <summary>Nothing where <see cref="EndpointOptions.TrustedProxies"/> names none.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.TrustedProxies;
        if (proxies.Count == 0)
        {
            return;
        }

        // Read from the last proxy backwards, as far as each is trusted.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }
}
