using Aggregation.EndToEnd.Telemetry.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>A span, and the source that made it.</summary>
internal sealed record ReceivedSpan(string Source, Span Span)
{
    public string Id => Convert.ToHexStringLower(Span.SpanId.Span);

    public string ParentId => Convert.ToHexStringLower(Span.ParentSpanId.Span);

    public string TraceId => Convert.ToHexStringLower(Span.TraceId.Span);

    public string? this[string attribute] => Value(attribute)?.StringValue;

    public bool IsError => Span.Status?.Code == StatusCode.Error;

    public AttributeValue? Value(string attribute) => Span.Attributes.FirstOrDefault(each => each.Key == attribute)?.Value;

    public bool IsLinkedTo(ReceivedSpan other) => Span.Links.Any(link => link.SpanId == other.Span.SpanId && link.TraceId == other.Span.TraceId);
}

/// <summary>A real collector's HTTP side: takes OTLP over HTTP as protobuf and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Lock _gate = new();
    private readonly List<ReceivedSpan> _spans = [];
    private readonly List<byte[]> _bodies = [];
    private readonly HashSet<string> _metrics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);
    private TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapPost("/v1/traces", TakeTracesAsync);
        _application.MapPost("/v1/metrics", TakeMetricsAsync);
    }

    /// <summary>For OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public string Endpoint =>
        _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyCollection<string> Services
    {
        get
        {
            lock (_gate)
            {
                return [.. _services];
            }
        }
    }

    /// <summary>Every span that came so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans];
            }
        }
    }

    /// <summary>Every byte of every export that came so far.</summary>
    public IReadOnlyList<byte[]> Bodies
    {
        get
        {
            lock (_gate)
            {
                return [.. _bodies];
            }
        }
    }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._application.StartAsync();
        return receiver;
    }

    /// <summary>Waits until the spans received of one trace satisfy a condition.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> SpansAsync(string traceId, Func<IReadOnlyList<ReceivedSpan>, bool> enough)
    {
        IReadOnlyList<ReceivedSpan> spans = [];
        try
        {
            await UntilAsync(() => enough(spans = [.. _spans.Where(span => span.TraceId == traceId)]));
        }
        catch (TimeoutException)
        {
            var lines = spans.Select(span => $"{span.Id} under {span.ParentId}: {span.Source} {span.Span.Name} {span.Span.Kind}");
            Assert.Fail($"Not enough spans came:\n{string.Join('\n', lines)}");
        }

        return spans;
    }

    /// <summary>Waits until all spans received satisfy a condition.</summary>
    /// <exception cref="TimeoutException">They do not.</exception>
    public async Task<IReadOnlyList<ReceivedSpan>> SpansAsync(Func<IReadOnlyList<ReceivedSpan>, bool> enough)
    {
        IReadOnlyList<ReceivedSpan> spans = [];
        await UntilAsync(() => enough(spans = [.. _spans]));
        return spans;
    }

    /// <summary>Waits until measurements of these instruments have come, as "meter/instrument".</summary>
    public async Task MetricsAsync(IReadOnlyCollection<string> wanted)
    {
        try
        {
            await UntilAsync(() => _metrics.IsSupersetOf(wanted));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Missing: {string.Join(", ", wanted.Except(_metrics))}. Came: {string.Join(", ", _metrics.Order())}");
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <exception cref="TimeoutException">What came in all that time does not satisfy the condition.</exception>
    private async Task UntilAsync(Func<bool> condition)
    {
        var limit = Task.Delay(Patience.Step);
        while (true)
        {
            Task received;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                received = _received.Task;
            }

            if (await Task.WhenAny(received, limit) == limit)
            {
                throw new TimeoutException();
            }
        }
    }

    private Task<IResult> TakeTracesAsync(HttpRequest request) => TakeAsync(request, body =>
    {
        foreach (var resource in TraceExport.Parser.ParseFrom(body).ResourceSpans)
        {
            Note(resource.Resource);
            foreach (var scope in resource.ScopeSpans)
            {
                _spans.AddRange(scope.Spans.Select(span => new ReceivedSpan(scope.Scope.Name, span)));
            }
        }
    });

    private Task<IResult> TakeMetricsAsync(HttpRequest request) => TakeAsync(request, body =>
    {
        foreach (var resource in MetricExport.Parser.ParseFrom(body).ResourceMetrics)
        {
            Note(resource.Resource);
            foreach (var scope in resource.ScopeMetrics)
            {
                _metrics.UnionWith(scope.Metrics.Select(metric => $"{scope.Scope.Name}/{metric.Name}"));
            }
        }
    });

    private void Note(Resource resource) => _services.UnionWith(
        resource.Attributes.Where(attribute => attribute.Key == "service.name").Select(attribute => attribute.Value.StringValue));

    private async Task<IResult> TakeAsync(HttpRequest request, Action<byte[]> take)
    {
        if (request.ContentType != "application/x-protobuf")
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        TaskCompletionSource received;
        lock (_gate)
        {
            _bodies.Add(body.ToArray());
            take(_bodies[^1]);
            received = _received;
            _received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        received.SetResult();

        // An empty message: everything was taken.
        return Results.Bytes([], "application/x-protobuf");
    }
}
