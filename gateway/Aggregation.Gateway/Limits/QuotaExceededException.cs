namespace Aggregation.Gateway.Limits;

/// <summary>A limit on rate or number is reached: RESOURCE_EXHAUSTED, and worth trying again after a while.</summary>
/// <param name="message">Whose limit, of what, and how much it is.</param>
/// <param name="retryAfter">After which trying again may help.</param>
internal sealed class QuotaExceededException(string message, TimeSpan retryAfter) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
