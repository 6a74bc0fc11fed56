using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks.Internal;

/// <summary>Answers the health protocol from the application's health checks.</summary>
internal sealed class HealthService(
    HealthCheckService checks,
    HealthStatuses statuses,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckOptions> checkOptions,
    IHostApplicationLifetime lifetime) : Grpc.Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => new()
    {
        Status = await FindAsync(request.Service, context.CancellationToken)
            ?? throw new RpcException(new Status(StatusCode.NotFound, string.Empty)),
    };

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var stopping = options.Value.SuppressCompletionOnShutdown ? CancellationToken.None : lifetime.ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            await WatchAsync(request.Service, responseStream, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing }, CancellationToken.None);
        }
    }

    private async Task WatchAsync(
        string service, IServerStreamWriter<HealthCheckResponse> responseStream, CancellationToken cancellationToken)
    {
        var published = statuses.Subscribe(service);
        try
        {
            var current = await FindAsync(service, cancellationToken) ?? HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            await responseStream.WriteAsync(new HealthCheckResponse { Status = current }, cancellationToken);
            await foreach (var status in published.Reader.ReadAllAsync(cancellationToken))
            {
                if (status == current)
                    continue;

                current = status;
                await responseStream.WriteAsync(new HealthCheckResponse { Status = current }, cancellationToken);
            }
        }
        finally
        {
            statuses.Unsubscribe(service, published);
        }
    }

    private async Task<HealthCheckResponse.Types.ServingStatus?> FindAsync(string service, CancellationToken cancellationToken)
    {
        if (options.Value.UseHealthChecksCache)
            return statuses.Find(service);

        if (!options.Value.Services.TryGet(service, out var predicate))
            return null;

        var report = await checks.CheckHealthAsync(
            registration => checkOptions.Value.Predicate?.Invoke(registration) != false
                && predicate(new HealthCheckMapContext(registration.Name, registration.Tags)),
            cancellationToken);
        return HealthStatuses.Of(report.Entries.Values);
    }
}
