using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

internal static partial class ObserverLog
{
    [LoggerMessage(1, LogLevel.Debug, "Observer {Id} added; {Count} in all")]
    public static partial void Added(ILogger log, object id, int count);

    [LoggerMessage(2, LogLevel.Debug, "{Removed} observers removed; {Count} left")]
    public static partial void Removed(ILogger log, int removed, int count);
}
