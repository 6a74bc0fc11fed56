using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Sqlite;

internal static partial class JournalLog
{
    [LoggerMessage(1, LogLevel.Information, "Journal opened at {Path}, schema {Schema}.")]
    public static partial void Opened(ILogger logger, string path, int schema);

    [LoggerMessage(2, LogLevel.Error, "A transaction of {Count} appends failed; {Found} of them are on disk at {Path} all the same.")]
    public static partial void BatchFailed(ILogger logger, int count, int found, string path, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "After a failed transaction the outcome of {Count} appends is unknown: the journal at {Path} cannot be read either.")]
    public static partial void OutcomeUnknown(ILogger logger, int count, string path, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Journal at {Path} may be opened by a second host (option Journal:AllowSecondHost); for tests only.")]
    public static partial void SecondHostAllowed(ILogger logger, string path);

    [LoggerMessage(5, LogLevel.Error, "The journal at {Path} cannot be read.")]
    public static partial void CannotRead(ILogger logger, string path, Exception fault);
}
