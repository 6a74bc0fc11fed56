using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Where the gateway really listens, which port 0 leaves open until then. Logged for people and scripts.</summary>
public sealed partial class BoundEndpoints(ILogger<BoundEndpoints> logger) : IHostedLifecycleService
{
    internal ListenOptions? Grpc { get; set; }

    internal ListenOptions? Http { get; set; }

    /// <summary>Base address for gRPC over HTTP/2.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Uri GrpcAddress => AddressOf(Grpc);

    /// <summary>Base address for gRPC-Web and health.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Uri HttpAddress => AddressOf(Http);

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Listening(logger, GrpcAddress, HttpAddress);
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

    private static Uri AddressOf(ListenOptions? listening) =>
        listening?.IPEndPoint is { Port: > 0 } address
            ? new Uri($"http://{address}")
            : throw new InvalidOperationException("The gateway does not listen yet.");

    [LoggerMessage(1, LogLevel.Information, "Listening: gRPC {Grpc} HTTP {Http}")]
    private static partial void Listening(ILogger logger, Uri grpc, Uri http);
}
