using Aggregation.Contracts;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Limits;

/// <summary>Counts every authenticated call against its key and its tenant. Comes after authentication.</summary>
internal sealed class QuotaInterceptor(CallQuotas quotas) : Interceptor
{
    private const string WatchPrefix = "Watch";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using (await BeginAsync(context, SubmissionIn(request)))
        {
            return await continuation(request, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (await BeginAsync(context))
        {
            return await continuation(requestStream, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (await BeginAsync(context))
        {
            await continuation(request, responseStream, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (await BeginAsync(context))
        {
            await continuation(requestStream, responseStream, context);
        }
    }

    /// <summary>What brings cells.</summary>
    private static V1.SubmitRequest? SubmissionIn<TRequest>(TRequest request) => request switch
    {
        V1.SubmitRequest submission => submission,
        V1.SaveDraftRequest save => save.Content,
        V1.GetStandingRequest asking => asking.Content,
        _ => null,
    };

    private static bool IsWatch(string method) =>
        method.AsSpan(method.LastIndexOf('/') + 1).StartsWith(WatchPrefix, StringComparison.Ordinal);

    private ValueTask<Quota.Taken> BeginAsync(ServerCallContext context, V1.SubmitRequest? submission = null)
    {
        if (context.Required() == Roles.None)
        {
            return default;
        }

        var caller = context.Caller();
        try
        {
            return new ValueTask<Quota.Taken>(Begin(context, caller, submission));
        }
        catch (QuotaExceededException exceeded)
        {
            return RefuseAsync(exceeded, context);
        }
    }

    private Quota.Taken Begin(ServerCallContext context, Caller caller, V1.SubmitRequest? submission)
    {
        var place = quotas.Begin(caller, IsWatch(context.Method));
        if (submission is null)
        {
            return place;
        }

        try
        {
            quotas.TakeCells(caller, submission);
            return place;
        }
        catch (QuotaExceededException)
        {
            place.Dispose();
            throw;
        }
    }

    private async ValueTask<Quota.Taken> RefuseAsync(QuotaExceededException exceeded, ServerCallContext context)
    {
        await quotas.DelayAsync(context.CancellationToken);
        throw exceeded;
    }
}
