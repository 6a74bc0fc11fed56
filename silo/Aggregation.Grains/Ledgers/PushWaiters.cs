using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Ledgers;

/// <summary>Who waits until a parent holds a version of a ledger.</summary>
internal sealed class PushWaiters
{
    private readonly List<Waiter> _waiters = [];

    public bool Any => _waiters.Count > 0;

    /// <summary>Completes with the parent's version that includes <paramref name="version"/>.</summary>
    public async Task<LedgerVersion> WaitAsync(LedgerVersion version, CancellationToken cancellation)
    {
        var waiter = new Waiter(version);
        _waiters.Add(waiter);
        await using (cancellation.Register(static state => ((Waiter)state!).Cancel(), waiter))
        {
            return await waiter.Task;
        }
    }

    /// <summary>The parent holds <paramref name="version"/>, in its own version <paramref name="parent"/>.</summary>
    public void Include(LedgerVersion version, LedgerVersion parent)
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Version <= version)
            {
                _waiters[i].Complete(parent);
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>Tells everybody that it will not be.</summary>
    public void Fail(Exception exception)
    {
        foreach (var waiter in _waiters)
        {
            waiter.Fail(exception);
        }

        _waiters.Clear();
    }

    private sealed class Waiter(LedgerVersion version)
    {
        private readonly TaskCompletionSource<LedgerVersion> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LedgerVersion Version => version;

        public Task<LedgerVersion> Task => _done.Task;

        public void Complete(LedgerVersion parent) => _done.TrySetResult(parent);

        public void Cancel() => _done.TrySetCanceled();

        public void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
