using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Aggregation.Operations.Traces;

/// <summary>One span, as it is kept: names and durations, never what was sent.</summary>
internal sealed record StoredSpan
{
    private const int MostAttributes = 32;
    private const int MostLinks = 128;
    private const int MostText = 256;

    /// <summary>About what the object, its place in lists and the heads of its texts take.</summary>
    private const int OwnBytes = 300;
    private const int PairBytes = 80;

    /// <summary>Attributes that are kept; what a library adds beyond them might tell of a caller or quote what was sent.</summary>
    private static readonly string[] Known =
    [
        "aggregation.", "rpc.", "db.", "http.request.method", "http.response.status_code", "http.route", "url.path", "url.scheme",
        "network.protocol.version", "error.type", "exception.type",
    ];

    public required ActivityTraceId TraceId { get; init; }

    public required ActivitySpanId Id { get; init; }

    /// <summary>Zero where there is none.</summary>
    public required ActivitySpanId ParentId { get; init; }

    public required string Name { get; init; }

    public required string Source { get; init; }

    public required ActivityKind Kind { get; init; }

    public required DateTimeOffset Began { get; init; }

    public required TimeSpan Duration { get; init; }

    public required bool IsFault { get; init; }

    public required ImmutableArray<KeyValuePair<string, string>> Attributes { get; init; }

    public required ImmutableArray<(ActivityTraceId Trace, ActivitySpanId Span)> Links { get; init; }

    public DateTimeOffset Ended => Began + Duration;

    /// <summary>About how much memory it takes.</summary>
    public int Bytes => OwnBytes + (2 * Name.Length) + (PairBytes * Links.Length)
        + Attributes.Sum(static pair => PairBytes + (2 * pair.Value.Length));

    public static StoredSpan Of(Activity span)
    {
        var attributes = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (attributes.Count < MostAttributes && tag.Value is { } value && IsKnown(tag.Key))
            {
                attributes.Add(new(tag.Key, Text(value)));
            }
        }

        var links = ImmutableArray.CreateBuilder<(ActivityTraceId, ActivitySpanId)>();
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            if (links.Count < MostLinks)
            {
                links.Add((link.Context.TraceId, link.Context.SpanId));
            }
        }

        return new StoredSpan
        {
            TraceId = span.TraceId,
            Id = span.SpanId,
            ParentId = span.ParentSpanId,
            Name = Cut(NameOf(span)),
            Source = span.Source.Name,
            Kind = span.Kind,
            Began = new DateTimeOffset(span.StartTimeUtc),
            Duration = span.Duration,
            IsFault = span.Status == ActivityStatusCode.Error,
            Attributes = attributes.DrainToImmutable(),
            Links = links.DrainToImmutable(),
        };
    }

    /// <returns>Null where it has none of that name.</returns>
    public string? this[string attribute]
    {
        get
        {
            foreach (var pair in Attributes)
            {
                if (pair.Key == attribute)
                {
                    return pair.Value;
                }
            }

            return null;
        }
    }

    /// <summary>ASP.NET names a request's span after its own class.</summary>
    private static string NameOf(Activity span) => span.Source.Name == TraceCollector.Requests && span.GetTagItem("url.path") is string path
        ? $"{span.GetTagItem("http.request.method")} {path}"
        : span.DisplayName;

    private static bool IsKnown(string key) => Array.Exists(Known, known => key.StartsWith(known, StringComparison.Ordinal));

    private static string Text(object value) => Cut(value switch
    {
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    });

    private static string Cut(string text) => text.Length <= MostText ? text : text[..MostText] + "…";
}
