namespace Aggregation.Gateway.Rollups.Watching;

internal static partial class WatchLog
{
    [LoggerMessage(1, LogLevel.Debug, "A watch could not unsubscribe ({Cause}); its lease at the ledger will run out.")]
    public static partial void NotUnsubscribed(ILogger logger, string cause);
}
