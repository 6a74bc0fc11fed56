namespace Orleans.Runtime.Activations;

/// <summary>Something that occupies its target from start to finish: a call, or a timer's callback.</summary>
internal abstract class Request
{
    /// <summary>The next in the target's waiting list.</summary>
    public Request? Next { get; set; }

    /// <summary>Whether it has started; what is posted again after that has finished.</summary>
    public bool IsStarted { get; set; }

    public abstract bool IsReadOnly { get; }

    public abstract bool IsAlwaysInterleave { get; }

    /// <summary>Whether nobody waits for it any more, so that it need not start.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Whether it counts as use of the target, which keeps it from being idle.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>
    /// Starts. Once done it calls <see cref="CallTarget.End"/>; if not at once, then from <see cref="Finish"/>, for which it
    /// calls <see cref="CallTarget.OnCompleted"/>.
    /// </summary>
    public abstract void Start(CallTarget target);

    /// <summary>Ends it and delivers the outcome.</summary>
    public abstract void Finish(CallTarget target);

    /// <summary>Delivers a failure instead of starting.</summary>
    public abstract void Fail(Exception exception);
}
