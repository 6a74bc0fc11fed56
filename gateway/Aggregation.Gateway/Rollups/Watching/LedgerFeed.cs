using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Mapping;

namespace Aggregation.Gateway.Rollups.Watching;

/// <summary>
/// What this process hears of one ledger in one tree. It only learns that there is something newer; totals are fetched
/// when a stream wants one, once for all streams that want the same.
/// </summary>
internal sealed class LedgerFeed : ILedgerObserver
{
    private readonly IGrainFactory grains;
    private readonly ILedgerGrain ledger;
    private readonly ILedgerObserver self;
    private readonly Dictionary<TotalQuery, Latest> totals = [];
    private readonly Lock gate = new();
    private LedgerVersion newest = new(long.MinValue, 0);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LedgerFeed(IGrainFactory grains, LedgerKey key, string tree)
    {
        this.grains = grains;
        Ledger = key;
        Tree = tree;
        ledger = grains.GetGrain<ILedgerGrain>(key.ToString());
        self = grains.CreateObjectReference<ILedgerObserver>(this);
    }

    public LedgerKey Ledger { get; }

    public string Tree { get; }

    /// <summary>How many streams share this feed. Guarded by <see cref="LedgerFeeds"/>.</summary>
    public int Streams { get; set; }

    /// <summary>Completes when the ledger has said that the unit left the tree, after this was asked for.</summary>
    public Task NextLeaving
    {
        get
        {
            lock (gate)
            {
                return left.Task;
            }
        }
    }

    /// <inheritdoc />
    public void Changed(LedgerVersion version) => Advance(version);

    /// <inheritdoc />
    public void Left()
    {
        TaskCompletionSource heard;
        lock (gate)
        {
            heard = left;
            left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        heard.SetResult();
    }

    /// <summary>
    /// Has the ledger decide by this caller's own rights that it may watch, and renews the subscription. No stream gets
    /// a total that was fetched for another before this, nor long after it would fail.
    /// </summary>
    /// <exception cref="RefusedException">The caller may not read here.</exception>
    public async Task Prove(Caller caller, TotalQuery query)
    {
        Advance(await ledger.Subscribe(caller, Tree, self));
        await Fetch(caller, query);
    }

    /// <summary>Waits for a total newer than the one seen last; with none seen, the total now.</summary>
    public async Task<Update> NewerThan(
        LedgerVersion? last, Caller caller, TotalQuery query, CancellationToken cancellation)
    {
        while (true)
        {
            Task signal;
            LedgerVersion wanted;
            lock (gate)
            {
                signal = changed.Task;
                wanted = newest;
            }

            if (last is null || wanted > last)
            {
                var update = await AtLeast(wanted, caller, query, cancellation);
                if (last is null || update.Version > last)
                {
                    return update;
                }
            }

            await signal.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the subscription.</summary>
    public async Task Close()
    {
        try
        {
            await ledger.Unsubscribe(Tree, self);
        }
        finally
        {
            grains.DeleteObjectReference<ILedgerObserver>(self);
        }
    }

    private async Task<Update> AtLeast(
        LedgerVersion wanted, Caller caller, TotalQuery query, CancellationToken cancellation)
    {
        while (true)
        {
            Task<Update> fetching;
            bool isOwn;
            lock (gate)
            {
                var latest = LatestOf(query);
                if (latest.Update is { } known && known.Version >= wanted)
                {
                    return known;
                }

                isOwn = latest.Fetching is not { IsCompleted: false };
                fetching = isOwn ? latest.Fetching = Fetch(caller, query) : latest.Fetching!;
            }

            if (isOwn)
            {
                return await fetching.WaitAsync(cancellation);
            }

            // Started by another stream, by its rights and before our version was known: it may fail or be too old.
            await ((Task)fetching).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<Update> Fetch(Caller caller, TotalQuery query)
    {
        var view = await ledger.GetTotal(caller, query);
        Advance(view.Version);
        lock (gate)
        {
            var latest = LatestOf(query);
            if (latest.Update is not { } known || known.Version < view.Version)
            {
                latest.Update = known = new Update(view.Version, RollupMapping.Total(view), view.Causes);
            }

            return known;
        }
    }

    private Latest LatestOf(TotalQuery query)
    {
        if (!totals.TryGetValue(query, out var latest))
        {
            totals.Add(query, latest = new Latest());
        }

        return latest;
    }

    private void Advance(LedgerVersion version)
    {
        TaskCompletionSource heard;
        lock (gate)
        {
            if (version <= newest)
            {
                return;
            }

            newest = version;
            heard = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        heard.SetResult();
    }

    /// <summary>A total ready to send; never changed once made, because many streams send it.</summary>
    internal sealed record Update(LedgerVersion Version, V1.Total Total, ImmutableArray<ChangeCause> Causes);

    private sealed class Latest
    {
        public Update? Update { get; set; }

        public Task<Update>? Fetching { get; set; }
    }
}
