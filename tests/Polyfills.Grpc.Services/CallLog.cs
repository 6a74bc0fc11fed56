namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>What the service saw, for tests to wait on.</summary>
public sealed class CallLog
{
    public TaskCompletionSource WaitStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The deadline of the call whose cancellation the service saw.</summary>
    public TaskCompletionSource<DateTime> WaitCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
