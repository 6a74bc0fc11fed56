using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Streams;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Tasks;

/// <summary>
/// Serves WatchObligations. Counts change by what units file, by what offices decide, and by the clock alone when a day ends;
/// so they are looked at again and again, and told when they differ. One look serves every stream that is due for it, if
/// its rights were proved, so that a hundred watchers of a city cost what one does.
/// </summary>
internal sealed class ObligationWatcher(
    IGrainFactory grains, Authenticator authenticator, IOptions<GatewayOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly Dictionary<(string Tenant, ObligationScope Scope), Counted> looks = [];
    private readonly Lock gate = new();

    public async Task Watch(ObligationScope scope, IServerStreamWriter<V1.ObligationCounts> counts, ServerCallContext context)
    {
        var caller = context.Caller();
        var grain = grains.GetGrain<ITaskGrain>(TenantKeys.TasksOf(caller.Tenant));
        var key = (caller.Tenant, scope);
        Enter(key);
        try
        {
            // The first look is the caller's own: it decides whether the caller may look at all.
            var first = await grain.Count(caller, scope, context.CancellationToken);
            await counts.WriteAsync(TaskMapping.Counts(first), context.CancellationToken);
            await Together.Run(
                context.CancellationToken,
                cancellation => Send(key, grain, caller, first, counts, cancellation),
                cancellation => Prove(grain, caller, scope, cancellation),
                cancellation => authenticator.Guard(context.Authorization(), context.Credential(), cancellation),
                EndWhenStopping);
        }
        finally
        {
            Leave(key);
        }
    }

    private async Task Send(
        (string Tenant, ObligationScope Scope) key, ITaskGrain grain, Caller caller, ObligationCounts last,
        IServerStreamWriter<V1.ObligationCounts> counts, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Value.ObligationInterval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var now = await Look(key, grain, caller, cancellation);
            if (now != last)
            {
                await counts.WriteAsync(TaskMapping.Counts(now), cancellation);
                last = now;
            }
        }
    }

    /// <summary>What another stream looked up may be sent only as long as this caller could look itself.</summary>
    private async Task Prove(ITaskGrain grain, Caller caller, ObligationScope scope, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Value.WatchRenewal, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            await grain.RequireRead(caller, scope);
        }
    }

    /// <summary>The counts as they were looked up less than an interval ago, or now.</summary>
    private async Task<ObligationCounts> Look(
        (string Tenant, ObligationScope Scope) key, ITaskGrain grain, Caller caller, CancellationToken cancellation)
    {
        while (true)
        {
            Task<ObligationCounts> counting;
            bool isOwn;
            lock (gate)
            {
                var look = looks[key];
                isOwn = look.Counting is null || look.Counting.IsFaulted || look.Counting.IsCanceled
                    || time.GetElapsedTime(look.Since) >= options.Value.ObligationInterval / 2;
                if (isOwn)
                {
                    (look.Since, look.Counting) = (time.GetTimestamp(), grain.Count(caller, key.Scope, cancellation));
                }

                counting = look.Counting!;
            }

            if (isOwn)
            {
                return await counting.WaitAsync(cancellation);
            }

            // Begun by another stream, which may have ended meanwhile.
            await ((Task)counting).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            if (counting.IsCompletedSuccessfully)
            {
                return await counting;
            }
        }
    }

    private void Enter((string Tenant, ObligationScope Scope) key)
    {
        lock (gate)
        {
            if (!looks.TryGetValue(key, out var look))
            {
                looks.Add(key, look = new Counted());
            }

            look.Streams++;
        }
    }

    private void Leave((string Tenant, ObligationScope Scope) key)
    {
        lock (gate)
        {
            if (--looks[key].Streams == 0)
            {
                looks.Remove(key);
            }
        }
    }

    private async Task EndWhenStopping(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping; watch again."));
    }

    private sealed class Counted
    {
        public int Streams { get; set; }

        public long Since { get; set; }

        public Task<ObligationCounts>? Counting { get; set; }
    }
}
