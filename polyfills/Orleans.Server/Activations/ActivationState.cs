namespace Orleans.Runtime.Activations;

/// <summary>The stages of an activation.</summary>
internal enum ActivationState
{
    /// <summary>No call has arrived yet.</summary>
    New,

    /// <summary>The grain is being created; calls wait.</summary>
    Activating,

    /// <summary>Calls are served.</summary>
    Valid,

    /// <summary>Calls in progress finish, others wait to be sent to the next activation.</summary>
    Deactivating,

    /// <summary>It has ended.</summary>
    Ended,
}
