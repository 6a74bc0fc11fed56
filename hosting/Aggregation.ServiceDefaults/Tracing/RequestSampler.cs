using System.Diagnostics;
using Aggregation.ServiceDefaults.Metrics;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>
/// A trace begins with a request. Housekeeping (timers, audits, refreshes) and what asks after the server's health begin none; what they
/// cause has an unsampled parent, and is not traced either. Of the requests a share is taken, by trace id, unless the caller has
/// decided; every span below follows its parent, so that no trace lacks a hop.
/// </summary>
internal sealed class RequestSampler(double ratio) : Sampler
{
    /// <summary>ASP.NET's name of a request's activity when it begins.</summary>
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly string[] Noise =
        [MetricsEndpoint.Path, ServiceDefaultsExtensions.HealthPath, ServiceDefaultsExtensions.ReadyPath, "/grpc.health.", "/grpc.reflection."];

    private readonly ParentBasedSampler _inner = new(new TraceIdRatioBasedSampler(ratio));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isRequest = samplingParameters is { Name: Request, Kind: ActivityKind.Server };
        var isDropped = isRequest ? IsNoise(samplingParameters) : samplingParameters.ParentContext.TraceId == default;
        return isDropped ? new SamplingResult(SamplingDecision.Drop) : _inner.ShouldSample(samplingParameters);
    }

    private static bool IsNoise(in SamplingParameters request)
    {
        foreach (var tag in request.Tags ?? [])
        {
            if (tag is { Key: "url.path", Value: string path })
            {
                return Array.Exists(Noise, noise => path.StartsWith(noise, StringComparison.Ordinal));
            }
        }

        return false;
    }
}
