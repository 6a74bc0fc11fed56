using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Where the gateway really listens, which port 0 leaves open until then. Logged for people and scripts.</summary>
public sealed partial class BoundEndpoints(ILogger<BoundEndpoints> logger) : IHostedLifecycleService
{
    internal ListenOptions? Grpc { get; set; }

    internal ListenOptions? Http { get; set; }

    internal ListenOptions? Tls { get; set; }

    /// <summary>Base address for gRPC over HTTP/2 without TLS.</summary>
    /// <exception cref="InvalidOperationException">The host has not started, or does not listen there.</exception>
    public Uri GrpcAddress => AddressOf(Grpc, Uri.UriSchemeHttp);

    /// <summary>Base address for gRPC-Web and health without TLS.</summary>
    /// <exception cref="InvalidOperationException">The host has not started, or does not listen there.</exception>
    public Uri HttpAddress => AddressOf(Http, Uri.UriSchemeHttp);

    /// <summary>Base address for all of it over TLS.</summary>
    /// <exception cref="InvalidOperationException">The host has not started, or does not listen there.</exception>
    public Uri TlsAddress => AddressOf(Tls, Uri.UriSchemeHttps);

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Listening(logger, Grpc is null ? null : GrpcAddress, Http is null ? null : HttpAddress);
        if (Tls is not null)
        {
            ListeningTls(logger, TlsAddress);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Uri AddressOf(ListenOptions? listening, string scheme) =>
        listening?.IPEndPoint is { Port: > 0 } address
            ? new Uri($"{scheme}://{address}")
            : throw new InvalidOperationException("The gateway does not listen there, or not yet.");

    [LoggerMessage(1, LogLevel.Information, "Listening: gRPC {Grpc} HTTP {Http}")]
    private static partial void Listening(ILogger logger, Uri? grpc, Uri? http);

    [LoggerMessage(2, LogLevel.Information, "Listening over TLS: {Address}")]
    private static partial void ListeningTls(ILogger logger, Uri address);
}
