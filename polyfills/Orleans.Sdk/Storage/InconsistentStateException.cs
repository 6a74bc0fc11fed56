using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Stored state is not at the version that the writer last saw: another activation wrote it.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The version stored; null if unknown.</summary>
    public string? StoredEtag { get; }

    /// <summary>The version the writer last saw.</summary>
    public string? CurrentEtag { get; }

    /// <summary>Whether it has not yet left the activation whose state conflicts.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
