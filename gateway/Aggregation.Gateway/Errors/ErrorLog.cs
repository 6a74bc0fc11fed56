namespace Aggregation.Gateway.Errors;

internal static partial class ErrorLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} failed, reference {Reference}.")]
    public static partial void CallFailed(ILogger logger, string method, string reference, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Method} could not be served now: {Cause}.")]
    public static partial void Unavailable(ILogger logger, string method, string cause);
}
