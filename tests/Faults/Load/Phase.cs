namespace Aggregation.Faults.Load;

/// <summary>A stretch of load, counted, so that what is done to the server meanwhile can wait for so much to have happened.</summary>
internal sealed class Phase
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Counter Sent { get; } = new();

    public Counter Received { get; } = new();

    /// <summary>Calls that the server answered as unavailable.</summary>
    public Counter Unavailable { get; } = new();

    /// <summary>Clients begin nothing more.</summary>
    public bool IsOver => _end.Task.IsCompleted;

    public Task Over => _end.Task;

    public void End() => _end.TrySetResult();
}
