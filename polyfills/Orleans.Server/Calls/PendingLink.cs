namespace Orleans.Runtime.Calls;

/// <summary>A call's place in a list of calls that await an outcome.</summary>
internal struct PendingLink
{
    /// <summary>The list; null when the call is in none.</summary>
    public PendingCalls.Stripe? Owner { get; set; }

    public GrainCall? Previous { get; set; }

    public GrainCall? Next { get; set; }

    /// <summary>The tick after which the call has timed out.</summary>
    public long Deadline { get; set; }
}
