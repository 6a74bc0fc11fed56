using Aggregation.Contracts;
using Aggregation.Gateway.Limits;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Errors;

/// <summary>The status that a call, or one item of a batch, fails with. The only place where exceptions become statuses.</summary>
/// <param name="Code">gRPC status code.</param>
/// <param name="Message">For the caller; never a stack trace.</param>
/// <param name="Refusal">The broken rules, when the request was refused for some or for its revision; else null.</param>
/// <param name="Reference">Nobody expected it: to be logged with its exception, under this reference, which the message has too; else null.</param>
/// <param name="RetryAfter">After which trying again may help; null where it is not known to.</param>
internal sealed record Failure(
    StatusCode Code, string Message, V1.Refusal? Refusal = null, string? Reference = null, TimeSpan? RetryAfter = null)
{
    /// <summary>A request is not a message of its type.</summary>
    public static readonly Failure NotReadable = new(StatusCode.InvalidArgument, "The request is not a message of its type.");

    public static Failure Of(Exception exception, ServerCallContext context, TimeProvider time) => exception switch
    {
        RefusedException refused => Of(refused),
        QuotaExceededException exceeded => new Failure(
            StatusCode.ResourceExhausted, exceeded.Message, RetryAfter: exceeded.RetryAfter),
        InvalidProtocolBufferException => NotReadable,
        RpcException rpc => new Failure(rpc.StatusCode, rpc.Status.Detail),
        _ when context.CancellationToken.IsCancellationRequested => Ended(context, time),
        OperationCanceledException => new Failure(
            StatusCode.Unavailable, "The server gave the call up; the same request, with the same request id, may be sent again."),
        TimeoutException => new Failure(
            StatusCode.Unavailable,
            "No answer in time. Whether it was applied is not known; the same request, with the same request id, may be sent again."),
        OrleansException => new Failure(
            StatusCode.Unavailable, "The ledger cannot be reached now; the same request, with the same request id, may be sent again."),
        SiloFailureException failed => Fault(failed.Reference),
        _ => Fault(SiloFailureException.NewReference()),
    };

    /// <summary>What an exception answers, where it is no fault: a word for spans; else null.</summary>
    public static string? AnswerOf(Exception exception) => exception switch
    {
        RefusedException { IsAnswer: true } refused => refused.Kind.ToString(),
        OperationCanceledException => "Cancelled",
        _ => null,
    };

    private static Failure Fault(string reference) =>
        new(StatusCode.Internal, $"The server failed; its log says why, under reference {reference}.", Reference: reference);

    public static Failure Of(RefusedException refused) => new(
        refused.Kind switch
        {
            RefusalKind.Invalid => StatusCode.InvalidArgument,
            RefusalKind.NotFound => StatusCode.NotFound,
            RefusalKind.Forbidden => StatusCode.PermissionDenied,
            RefusalKind.AlreadyExists => StatusCode.AlreadyExists,
            RefusalKind.Stale => StatusCode.Aborted,
            RefusalKind.FailedPrecondition => StatusCode.FailedPrecondition,
            RefusalKind.TooMuch => StatusCode.ResourceExhausted,
            RefusalKind.Unavailable => StatusCode.Unavailable,
            _ => throw new InvalidOperationException($"Refusal kind {refused.Kind} has no status."),
        },
        refused.Message,
        refused.Kind == RefusalKind.Stale || refused.Violations.Length > 0 ? RefusalOf(refused) : null);

    /// <summary>Once a call is over, whatever was thrown while it was being torn down is only its consequence.</summary>
    private static Failure Ended(ServerCallContext context, TimeProvider time) =>
        context.Deadline <= time.GetUtcNow().UtcDateTime
            ? new Failure(StatusCode.DeadlineExceeded, "The deadline passed.")
            : new Failure(StatusCode.Cancelled, "The call was cancelled.");

    private static V1.Refusal RefusalOf(RefusedException refused)
    {
        var refusal = new V1.Refusal { CurrentRevision = refused.CurrentRevision };
        foreach (var violation in refused.Violations)
        {
            refusal.Violations.Add(new V1.Violation
            {
                Field = violation.Field,
                Value = violation.Value,
                Rule = violation.Rule,
                MessageZh = violation.MessageZh,
                MessageEn = violation.MessageEn,
            });
        }

        return refusal;
    }
}
