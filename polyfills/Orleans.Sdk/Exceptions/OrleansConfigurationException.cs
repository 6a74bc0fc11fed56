namespace Orleans.Runtime;

/// <summary>The configuration cannot work; the message says which part and what to do.</summary>
public sealed class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
