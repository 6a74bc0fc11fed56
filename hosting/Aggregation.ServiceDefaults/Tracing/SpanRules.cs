using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>
/// What holds of every span, whoever makes it: an exception's message may quote what was sent, so that none leaves the process, and a refused
/// request is no error of the server.
/// </summary>
internal sealed class SpanRules : BaseProcessor<Activity>
{
    public const string Refusal = "aggregation.refusal";

    private const string Message = "exception.message";
    private const string StackTrace = "exception.stacktrace";

    private readonly ActivityListener _recorder;
    private readonly List<Func<Exception, string?>> _answers;

    public SpanRules(IOptions<TracingOptions> options)
    {
        _answers = options.Value.Answers;

        // Samples nothing: it is only asked before an exception becomes an event of a span.
        _recorder = new ActivityListener { ShouldListenTo = static _ => true, ExceptionRecorder = Describe };
        ActivitySource.AddActivityListener(_recorder);
    }

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Message) is not null)
        {
            data.SetTag(Message, null);
            data.SetTag(StackTrace, null);
        }

        if (data.Status == ActivityStatusCode.Error && data.GetTagItem(Refusal) is not null)
        {
            data.SetStatus(ActivityStatusCode.Unset);
        }
        else if (data is { Status: ActivityStatusCode.Error, StatusDescription: not null } && !IsOwn(data))
        {
            data.SetStatus(ActivityStatusCode.Error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _recorder.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The product's own spans describe their status without any message.</summary>
    private static bool IsOwn(Activity span) => span.Source.Name.StartsWith("Aggregation.", StringComparison.Ordinal);

    private void Describe(Activity activity, Exception exception, ref TagList tags)
    {
        if (_answers.Select(answer => answer(exception)).FirstOrDefault(static answer => answer is not null) is { } refusal)
        {
            activity.SetTag(Refusal, refusal);
        }

        // Given here, they are not taken from the exception.
        tags.Add(Message, "");
        tags.Add(StackTrace, exception.StackTrace ?? "");
    }
}
