namespace Orleans.Runtime.Activations;

/// <summary>A small ring of work, empty of memory until first used. Callers lock on it.</summary>
internal sealed class WorkQueue
{
    private object?[] _ring = [];
    private int _head;
    private int _count;

    /// <summary>Whether a thread is running the work or on its way.</summary>
    public bool IsScheduled { get; set; }

    public int Count => _count;

    public void Enqueue(object work)
    {
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count) & (_ring.Length - 1)] = work;
        _count++;
    }

    public object? Dequeue()
    {
        if (_count == 0) return null;
        var work = _ring[_head];
        _ring[_head] = null;
        _head = (_head + 1) & (_ring.Length - 1);
        if (--_count == 0 && _ring.Length > 16) _ring = [];
        return work;
    }

    private void Grow()
    {
        var ring = new object?[_ring.Length == 0 ? 2 : _ring.Length * 2];
        for (var i = 0; i < _count; i++) ring[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = ring;
        _head = 0;
    }
}
