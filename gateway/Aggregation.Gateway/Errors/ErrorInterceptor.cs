using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Telemetry;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Errors;

/// <summary>Outermost: whatever a call throws leaves as a status with its details, and is counted.</summary>
internal sealed class ErrorInterceptor(
    RefusalRoom room, MessageLimits limits, TimeProvider time, GatewayTelemetry telemetry, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var call = telemetry.StartCall(context);
        try
        {
            var response = await continuation(request, context);
            telemetry.CallEnded(call, context, StatusCode.OK, isUnary: true);
            return response;
        }
        catch (Exception exception)
        {
            throw Translate(exception, context, call, isUnary: true);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = telemetry.StartCall(context);
        try
        {
            var response = await continuation(requestStream, context);
            telemetry.CallEnded(call, context, StatusCode.OK, isUnary: false);
            return response;
        }
        catch (Exception exception)
        {
            throw Translate(exception, context, call, isUnary: false);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = telemetry.StartCall(context);
        try
        {
            await continuation(request, responseStream, context);
            telemetry.CallEnded(call, context, StatusCode.OK, isUnary: false);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context, call, isUnary: false);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = telemetry.StartCall(context);
        try
        {
            await continuation(requestStream, responseStream, context);
            telemetry.CallEnded(call, context, StatusCode.OK, isUnary: false);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context, call, isUnary: false);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context, in CallSpan span, bool isUnary)
    {
        var call = context.GetHttpContext();
        UnreadableRequests.WasRead(call);
        if (exception is RpcException { StatusCode: StatusCode.ResourceExhausted })
        {
            // Nothing of ours throws this: gRPC has met a message of a stream that is too large.
            exception = Faults.MessageTooLarge(limits.Of(context.Method));
        }

        var failure = Failure.Of(exception, context, time);
        telemetry.CallEnded(span, context, failure.Code, isUnary);
        if (failure.Reference is { } reference)
        {
            ErrorLog.CallFailed(logger, context.Method, reference, exception);
        }
        else if (failure.Code == StatusCode.Unavailable)
        {
            ErrorLog.Unavailable(logger, context.Method, exception.GetType().Name);
        }

        return exception as RpcException ?? RichStatus.Of(failure, room.For(call));
    }
}
