using System.Globalization;

namespace Orleans.Runtime;

/// <summary>A configured limit, such as the number of calls queued at one grain, was exceeded.</summary>
public sealed class LimitExceededException : OrleansException
{
    public LimitExceededException()
        : base("Limit exceeded")
    {
    }

    public LimitExceededException(string message)
        : base(message)
    {
    }

    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}"))
    {
    }
}
