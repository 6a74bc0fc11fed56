using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHostedService(
    SiloRuntime runtime,
    SiloLifecycle lifecycle,
    ClusteringChoice clustering,
    IOptions<ClusterOptions> cluster,
    IOptions<EndpointOptions> endpoint,
    IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants,
    IEnumerable<IConfigurationValidator> validators) : IHostedService, IDisposable
{
    private ITimer? _clock;
    private ITimer? _collector;
    private IDisposable? _place;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in validators) validator.ValidateConfiguration();
        SinglePlace.Verify(clustering, endpoint.Value);
        _place = SinglePlace.Take(cluster.Value, endpoint.Value, runtime.Services);
        foreach (var participant in participants) participant.Participate(lifecycle);
        using (ExecutionContext.SuppressFlow())
        {
            _clock = runtime.Time.CreateTimer(static silo => ((SiloRuntime)silo!).Advance(), runtime, runtime.Tick, runtime.Tick);
            var quantum = runtime.Collection.CollectionQuantum;
            _collector = runtime.Time.CreateTimer(static silo => Collect((SiloRuntime)silo!), runtime, quantum, quantum);
        }

        await lifecycle.StartThrough(ServiceLifecycleStage.BecomeActive - 1, cancellationToken);
        runtime.State = SiloState.Running;
        await lifecycle.StartThrough(int.MaxValue, cancellationToken);
        SiloLog.Started(runtime.Log, cluster.Value.ClusterId, runtime.Classes.Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (runtime.State == SiloState.Running)
        {
            await lifecycle.StopDownTo(ServiceLifecycleStage.BecomeActive, cancellationToken);
            runtime.State = SiloState.Stopping;
            await EndGrainsAsync(cancellationToken);
        }

        runtime.State = SiloState.Stopped;
        await lifecycle.StopDownTo(int.MinValue, cancellationToken);
        Dispose();
        SiloLog.Stopped(runtime.Log);
    }

    public void Dispose()
    {
        _clock?.Dispose();
        _collector?.Dispose();
        _place?.Dispose();
    }

    private static void Collect(SiloRuntime runtime) => runtime.Directory.CollectIdle(runtime.Now);

    private async Task EndGrainsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
            await runtime.Directory.EndAllAsync(reason, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            SiloLog.StoppedEarly(runtime.Log, runtime.Directory.Count);
        }
    }
}
