namespace Aggregation.Faults.Load;

/// <summary>Counts events and tells who waits for so many of them. For any number of threads.</summary>
internal sealed class Counter
{
    private readonly Lock _lock = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiters = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add()
    {
        lock (_lock)
        {
            _count++;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Count <= _count)
                {
                    _waiters[i].Reached.SetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Completes once <paramref name="more"/> further events have come.</summary>
    public Task FurtherAsync(int more)
    {
        lock (_lock)
        {
            if (more <= 0)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((_count + more, reached));
            return reached.Task;
        }
    }
}
