namespace Aggregation.Gateway.Streams;

/// <summary>Runs the parts of one call side by side.</summary>
internal static class Together
{
    /// <summary>The first part to end, well or badly, ends all: the rest are cancelled and awaited, and its outcome is the outcome.</summary>
    public static async Task Run(CancellationToken cancellation, params Func<CancellationToken, Task>[] parts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new Task[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            running[i] = parts[i](stop.Token);
        }

        var first = await Task.WhenAny(running);
        await stop.CancelAsync();

        // What the others throw now only follows from being stopped.
        await Task.WhenAll(running).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await first;
    }
}
