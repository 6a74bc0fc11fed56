namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Options of the gRPC health service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>Which health checks make up which service. The empty name stands for the server: all checks, unless mapped again.</summary>
    public ServiceMappingCollection Services { get; } = new();

    /// <summary>Whether to answer with the results last published instead of running the checks. False by default.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>
    /// Whether Watch calls stay open while the application stops. False by default: they end with NOT_SERVING, so that
    /// the server need not wait for them.
    /// </summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
