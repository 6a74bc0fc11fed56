using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Streams;
using Aggregation.Gateway.Telemetry;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Rollups.Watching;

/// <summary>
/// Serves Watch: a total, then the newest one each time it changes. A client that reads slowly, or changes that come
/// fast, skip versions and never queue them. A server that stops does not wait for its watchers: it ends their streams,
/// and they resume elsewhere, or later, by the version seen last.
/// </summary>
internal sealed class Watcher(
    LedgerFeeds feeds,
    Authenticator authenticator,
    IOptions<GatewayOptions> options,
    TimeProvider time,
    GatewayTelemetry telemetry,
    IHostApplicationLifetime lifetime)
{
    private readonly TimeSpan interval = options.Value.WatchInterval;
    private readonly TimeSpan renewal = options.Value.WatchRenewal;

    public async Task Watch(
        LedgerKey ledger, TotalQuery query, LedgerVersion? after, IServerStreamWriter<V1.Total> totals, ServerCallContext context)
    {
        var caller = context.Caller();
        telemetry.WatchOpened();
        var feed = feeds.Enter(ledger, query.Tree);
        try
        {
            var leaving = feed.NextLeaving;
            await feed.Prove(caller, query);
            await Together.Run(
                context.CancellationToken,
                cancellation => Send(feed, caller, query, after, totals, cancellation),
                cancellation => Renew(feed, caller, query, leaving, cancellation),
                cancellation => authenticator.Guard(context.Authorization(), context.Credential(), cancellation),
                EndWhenStopping);
        }
        finally
        {
            telemetry.WatchClosed();
            await feeds.Leave(feed);
        }
    }

    private async Task Send(
        LedgerFeed feed,
        Caller caller,
        TotalQuery query,
        LedgerVersion? last,
        IServerStreamWriter<V1.Total> totals,
        CancellationToken cancellation)
    {
        while (true)
        {
            var update = await feed.NewerThan(last, caller, query, cancellation);
            using (GatewayTelemetry.StartUpdate(update, last))
            {
                await totals.WriteAsync(update.Total, cancellation);
            }

            telemetry.WatchUpdated(last?.Epoch == update.Version.Epoch ? update.Version.Version - last.Value.Version - 1 : 0);
            last = update.Version;
            if (interval > TimeSpan.Zero)
            {
                await Task.Delay(interval, time, cancellation);
            }
        }
    }

    /// <summary>Ends with the ledger's refusal once it refuses: at the latest an interval after the unit has left the tree, mostly at once.</summary>
    private async Task Renew(LedgerFeed feed, Caller caller, TotalQuery query, Task leaving, CancellationToken cancellation)
    {
        while (true)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(leaving, Task.Delay(renewal, time, wait.Token));
            await wait.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            leaving = feed.NextLeaving;
            await feed.Prove(caller, query);
        }
    }

    private async Task EndWhenStopping(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping; watch again after the version seen last."));
    }
}
