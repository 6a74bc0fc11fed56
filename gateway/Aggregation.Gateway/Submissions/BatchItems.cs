using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Errors;
using Aggregation.Gateway.Telemetry;
using Grpc.Core;

namespace Aggregation.Gateway.Submissions;

/// <summary>Answers one item of a batch: its receipt, or the status that Submit would have failed with.</summary>
internal sealed class BatchItems(TimeProvider time, GatewayTelemetry telemetry, ILogger<BatchItems> logger)
{
    public async Task<V1.SubmitManyResponse> Answer(
        V1.SubmitRequest request, ServerCallContext context, Func<Task<V1.Receipt>> submit)
    {
        var answer = new V1.SubmitManyResponse
        {
            RequestId = request.RequestId,
            Unit = request.Unit,
            Form = request.Form,
            Period = request.Period,
        };
        using var item = GatewayTelemetry.StartItem("submit item", context);
        var status = StatusCode.OK;
        try
        {
            answer.Receipt = await submit();
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            answer.Error = Translate(exception, context);
            status = (StatusCode)answer.Error.Code;
        }

        telemetry.ItemEnded(item, status);
        telemetry.SubmissionEnded(item, context.Caller().Tenant, status);

        return answer;
    }

    public async Task<V1.ReviewOutcome> Answer(string unit, ServerCallContext context, Func<Task<V1.Receipt>> review)
    {
        var answer = new V1.ReviewOutcome { Unit = unit };
        using var item = GatewayTelemetry.StartItem("review item", context);
        var status = StatusCode.OK;
        try
        {
            answer.Receipt = await review();
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            answer.Error = Translate(exception, context);
            status = (StatusCode)answer.Error.Code;
        }

        telemetry.ItemEnded(item, status);

        return answer;
    }

    private V1.ItemError Translate(Exception exception, ServerCallContext context)
    {
        var failure = Failure.Of(exception, context, time);
        if (failure.Reference is { } reference)
        {
            ErrorLog.CallFailed(logger, context.Method, reference, exception);
        }

        return new V1.ItemError { Code = (int)failure.Code, Message = failure.Message, Refusal = failure.Refusal };
    }
}
