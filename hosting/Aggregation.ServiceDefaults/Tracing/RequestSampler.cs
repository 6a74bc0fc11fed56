using System.Diagnostics;
using Aggregation.ServiceDefaults.Metrics;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>
/// A trace begins with a request. Housekeeping (timers, audits, refreshes) and what asks after the server's health begin none; what they
/// cause has an unsampled parent, and is not traced either. Of the requests a share is taken, by trace id, unless the caller has
/// decided; every span below follows its parent, so that no trace lacks a hop. A call that failed untraced has a span of its own.
/// </summary>
internal sealed class RequestSampler(TracingOptions options, TimeProvider time) : Sampler
{
    /// <summary>ASP.NET's name of a request's activity when it begins.</summary>
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    /// <summary>The operators' page, which asks for itself every few seconds.</summary>
    private const string OpsPath = "/ops";

    private static readonly string[] Noise =
        [MetricsEndpoint.Path, ServiceDefaultsExtensions.HealthPath, ServiceDefaultsExtensions.ReadyPath, OpsPath, "/grpc.health.", "/grpc.reflection."];

    private static readonly SamplingResult Dropped = new(SamplingDecision.Drop);

    private readonly ParentBasedSampler _inner = new(new TraceIdRatioBasedSampler(options.Ratio));
    private readonly PerSecond? _most = options.MostPerSecond is { } most ? new PerSecond(most, time) : null;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isRequest = samplingParameters is { Name: Request, Kind: ActivityKind.Server };
        var isRoot = samplingParameters.ParentContext.TraceId == default;
        if (!isRequest)
        {
            return !isRoot ? _inner.ShouldSample(samplingParameters)
                : new SamplingResult(FailureSpans.IsOne(samplingParameters) ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
        }

        var sampled = IsNoise(samplingParameters) ? Dropped : _inner.ShouldSample(samplingParameters);
        return sampled.Decision == SamplingDecision.RecordAndSample && _most?.TryTake() == false ? Dropped : sampled;
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
