using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>One of the two formats that Prometheus reads.</summary>
internal sealed record ExpositionFormat(string ContentType, bool IsOpenMetrics)
{
    private const string OpenMetricsType = "application/openmetrics-text";
    private const string OpenMetricsVersion = "1.0.0";

    /// <summary>The text format, which every version of Prometheus and any browser takes.</summary>
    public static ExpositionFormat Text { get; } = new("text/plain; version=0.0.4; charset=utf-8", IsOpenMetrics: false);

    /// <summary>OpenMetrics, the only one with exemplars.</summary>
    public static ExpositionFormat OpenMetrics { get; } =
        new($"{OpenMetricsType}; version={OpenMetricsVersion}; charset=utf-8", IsOpenMetrics: true);

    /// <summary>OpenMetrics for who accepts it at least as gladly as the text format; else the text format.</summary>
    public static ExpositionFormat For(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var accepted))
        {
            return Text;
        }

        var openMetrics = accepted.Where(IsTakenAsOpenMetrics).Max(type => (double?)(type.Quality ?? 1));
        var text = accepted.Where(static type => type.MediaType == "text/plain").Max(type => (double?)(type.Quality ?? 1));
        return openMetrics > 0 && openMetrics >= (text ?? 0) ? OpenMetrics : Text;
    }

    private static bool IsTakenAsOpenMetrics(MediaTypeHeaderValue type) =>
        type.MediaType == OpenMetricsType
        && (type.Parameters.FirstOrDefault(static parameter => parameter.Name == "version") is not { } version
            || version.Value == OpenMetricsVersion);
}
