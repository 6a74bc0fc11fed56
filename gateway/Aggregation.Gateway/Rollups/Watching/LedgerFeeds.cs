using Aggregation.Contracts;

namespace Aggregation.Gateway.Rollups.Watching;

/// <summary>One feed per watched ledger and tree, shared by all streams on it; it goes when the last one leaves.</summary>
internal sealed class LedgerFeeds(IGrainFactory grains, ILogger<LedgerFeeds> logger)
{
    private readonly Dictionary<(LedgerKey Ledger, string Tree), LedgerFeed> feeds = [];
    private readonly Lock gate = new();

    public LedgerFeed Enter(LedgerKey ledger, string tree)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue((ledger, tree), out var feed))
            {
                feed = new LedgerFeed(grains, ledger, tree);
                feeds.Add((ledger, tree), feed);
            }

            feed.Streams++;
            return feed;
        }
    }

    public async Task Leave(LedgerFeed feed)
    {
        lock (gate)
        {
            if (--feed.Streams > 0)
            {
                return;
            }

            feeds.Remove((feed.Ledger, feed.Tree));
        }

        try
        {
            await feed.Close();
        }
        catch (Exception exception) when (exception is Orleans.Runtime.OrleansException or TimeoutException or RefusedException)
        {
            // The ledger forgets an observer that does not renew, so nothing is left behind for long.
            WatchLog.NotUnsubscribed(logger, exception.GetType().Name);
        }
    }
}
