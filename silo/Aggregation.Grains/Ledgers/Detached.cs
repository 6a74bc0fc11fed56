using System.Diagnostics;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Work of a grain that waits for other grains for as long as it takes. It goes on in the grain's turns, and is neither a request nor a
/// timer's callback: Orleans ends an activation only once those have no work left, and keeps whoever calls the grain waiting
/// meanwhile. If the one that the work waits for calls this grain first, as a waking parent does, neither would ever come to an end.
/// </summary>
internal static class Detached
{
    /// <param name="work">Begun in this turn, without the trace and the call that happen to cause it.</param>
    /// <param name="failed">Told of what the work throws, which nobody else hears of.</param>
    /// <param name="ends">The activation ends.</param>
    public static async Task RunAsync(Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken ends)
    {
        Activity.Current = null;
        RequestContext.Clear();
        try
        {
            await work(ends);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // So it shall.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failed(exception);
        }
    }
}
