namespace Orleans.Configuration;

/// <summary>Options of calls in a silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>Calls queued at one grain beyond which a warning is logged; 0, the default, for none.</summary>
    public int MaxEnqueuedRequestsSoftLimit { get; set; }

    /// <summary>
    /// Calls queued at one grain beyond which further ones fail with <see cref="Runtime.LimitExceededException"/>; 0, the
    /// default, for none.
    /// </summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }

    /// <summary>How often a call is sent on to a grain's next activation before it fails. Default: 2.</summary>
    public int MaxForwardCount { get; set; } = 2;
}
