namespace Orleans.Runtime;

/// <summary>The client that holds an observer is gone, or has deleted the observer's reference.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId)
        : base($"No activation for client {clientId}")
    {
    }
}
