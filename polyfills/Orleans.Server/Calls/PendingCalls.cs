namespace Orleans.Runtime.Calls;

/// <summary>
/// The calls that await an outcome, in a few lists to spread contention. Time is counted in ticks of the sweep, so that a
/// call needs neither a timer nor a look at the clock.
/// </summary>
internal sealed class PendingCalls
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 16).Select(static _ => new Stripe())];
    private long _tick;

    public void Add(GrainCall call, int ticks) =>
        _stripes[Environment.CurrentManagedThreadId & 15].Add(call, Volatile.Read(ref _tick) + ticks + 1);

    /// <summary>Advances time by one tick and returns the calls whose deadline has passed.</summary>
    public List<GrainCall> Sweep()
    {
        var now = Interlocked.Increment(ref _tick);
        var expired = new List<GrainCall>();
        foreach (var stripe in _stripes) stripe.Collect(now, expired);
        return expired;
    }

    /// <summary>All calls that await an outcome.</summary>
    public List<GrainCall> Snapshot()
    {
        var all = new List<GrainCall>();
        foreach (var stripe in _stripes) stripe.Collect(long.MaxValue, all);
        return all;
    }

    internal sealed class Stripe
    {
        private readonly Lock _gate = new();
        private GrainCall? _head;

        public void Add(GrainCall call, long deadline)
        {
            lock (_gate)
            {
                call.Link = new PendingLink { Owner = this, Next = _head, Deadline = deadline };
                if (_head is not null) _head.Link.Previous = call;
                _head = call;
            }
        }

        public void Remove(GrainCall call)
        {
            lock (_gate)
            {
                ref var link = ref call.Link;
                if (link.Owner != this) return;
                if (link.Previous is null) _head = link.Next;
                else link.Previous.Link.Next = link.Next;
                if (link.Next is not null) link.Next.Link.Previous = link.Previous;
                link = default;
            }
        }

        public void Collect(long now, List<GrainCall> expired)
        {
            lock (_gate)
            {
                for (var call = _head; call is not null; call = call.Link.Next)
                {
                    if (call.Link.Deadline < now) expired.Add(call);
                }
            }
        }
    }
}
