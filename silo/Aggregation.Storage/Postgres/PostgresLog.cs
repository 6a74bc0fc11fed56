using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Postgres;

internal static partial class PostgresLog
{
    [LoggerMessage(1, LogLevel.Information, "Journal opened at {Database}, schema {Schema}.")]
    public static partial void Opened(ILogger logger, string database, int schema);

    [LoggerMessage(2, LogLevel.Error, "A transaction of {Count} appends failed; {Found} of them are on disk at {Database} all the same.")]
    public static partial void BatchFailed(ILogger logger, int count, int found, string database, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "After a failed transaction the outcome of {Count} appends is unknown: the journal at {Database} cannot be read either.")]
    public static partial void OutcomeUnknown(ILogger logger, int count, string database, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Journal at {Database} may be used by a second host (option Journal:AllowSecondHost).")]
    public static partial void SecondHostAllowed(ILogger logger, string database);

    [LoggerMessage(5, LogLevel.Error, "The journal at {Database} cannot be reached.")]
    public static partial void CannotConnect(ILogger logger, string database, Exception fault);

    [LoggerMessage(6, LogLevel.Warning, "The server at {Database} runs with fsync off: what it acknowledges is lost if its machine fails.")]
    public static partial void NotSynced(ILogger logger, string database);

    [LoggerMessage(7, LogLevel.Error, "The journal at {Database} cannot be read.")]
    public static partial void CannotRead(ILogger logger, string database, Exception fault);

    [LoggerMessage(8, LogLevel.Error, "What the journal at {Database} keeps of a ledger cannot be repaired.")]
    public static partial void CannotRepair(ILogger logger, string database, Exception fault);

    [LoggerMessage(9, LogLevel.Warning, "The journal at {Database} cannot be reached yet; waiting for it up to {Timeout} (option Journal:StartTimeout).")]
    public static partial void WaitingToStart(ILogger logger, string database, TimeSpan timeout, Exception fault);

    [LoggerMessage(10, LogLevel.Error, "The personal data at {Database} cannot be read or changed.")]
    public static partial void NoPersonalData(ILogger logger, string database, Exception fault);
}
