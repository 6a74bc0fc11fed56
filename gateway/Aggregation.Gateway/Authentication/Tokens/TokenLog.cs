namespace Aggregation.Gateway.Authentication.Tokens;

internal static partial class TokenLog
{
    [LoggerMessage(1, LogLevel.Debug, "A token was refused: {Why}")]
    public static partial void Refused(ILogger logger, string why);

    [LoggerMessage(2, LogLevel.Warning, "The issuer of tokens does not give its keys at {Address}")]
    public static partial void NoKeys(ILogger logger, Exception exception, string address);
}
