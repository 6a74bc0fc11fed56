using System.Net;
using Aggregation.Gateway.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Makes a host listen for the gateway.</summary>
public static class EndpointRegistration
{
    /// <summary>Listens as section <see cref="EndpointOptions.SectionName"/> says, and logs the addresses once they are bound.</summary>
    public static WebApplicationBuilder AddGatewayEndpoints(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<EndpointOptions>()
            .Bind(builder.Configuration.GetSection(EndpointOptions.SectionName)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<EndpointOptions>, EndpointOptionsValidator>();
        builder.Services.AddSingleton<BoundEndpoints>();
        builder.Services.AddSingleton<CertificateTelemetry>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<BoundEndpoints>());
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<EndpointOptions>, IOptions<GatewayOptions>, BoundEndpoints, CertificateTelemetry>(Listen);
        return builder;
    }

    private static void Listen(
        KestrelServerOptions kestrel, IOptions<EndpointOptions> endpoints, IOptions<GatewayOptions> gateway, BoundEndpoints bound,
        CertificateTelemetry certificates)
    {
        kestrel.AddServerHeader = false;
        MessageLimits.Apply(kestrel.Limits);

        // Above the gateway's own limit, so that a client over it is told so rather than kept waiting.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 2 * gateway.Value.MaxInFlightPerConnection;

        // A watcher that is gone without a word is noticed.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        bound.Grpc = Listen(kestrel, endpoints.Value.Grpc, Uri.UriSchemeHttp, HttpProtocols.Http2);
        bound.Http = Listen(kestrel, endpoints.Value.Http, Uri.UriSchemeHttp, HttpProtocols.Http1);
        bound.Tls = Listen(
            kestrel, endpoints.Value.Tls.Address, Uri.UriSchemeHttps, HttpProtocols.Http1AndHttp2,
            listen => listen.UseHttps(https =>
            {
                ServerTls.Apply(https, endpoints.Value.Tls);
                certificates.Watch(https.ServerCertificate!);
            }));
    }

    /// <returns>Null where the address is empty.</returns>
    private static ListenOptions? Listen(
        KestrelServerOptions kestrel, string text, string scheme, HttpProtocols protocols, Action<ListenOptions>? configure = null)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!EndpointAddress.TryParse(text, scheme, out IPEndPoint? address))
        {
            throw new InvalidOperationException($"'{text}' is no address to listen at.");
        }

        ListenOptions? listening = null;
        kestrel.Listen(address, listen =>
        {
            listen.Protocols = protocols;
            configure?.Invoke(listen);
            listening = listen;
        });
        return listening;
    }
}
