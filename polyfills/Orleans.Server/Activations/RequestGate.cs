namespace Orleans.Runtime.Activations;

/// <summary>
/// The requests in progress at one target and those that wait. One may start when none is in progress, when it and all
/// in progress are read-only, or when it interleaves with anything.
/// </summary>
internal sealed class RequestGate(bool isReentrant)
{
    private Request? _head;
    private Request? _tail;
    private int _waitingReaders;
    private int _waitingInterleavers;
    private int _readers;
    private int _interleavers;

    /// <summary>The request that keeps others out, or null.</summary>
    public Request? Exclusive { get; private set; }

    public bool HasWaiting => _head is not null;

    /// <summary>The number of requests in progress.</summary>
    public int Running => _readers + _interleavers + (Exclusive is null ? 0 : 1);

    public bool MayStart(Request request) =>
        Interleaves(request) || (Exclusive is null && (_readers == 0 || request.IsReadOnly));

    public void Began(Request request)
    {
        if (Interleaves(request)) _interleavers++;
        else if (request.IsReadOnly) _readers++;
        else Exclusive = request;
    }

    public void Ended(Request request)
    {
        if (Interleaves(request)) _interleavers--;
        else if (request.IsReadOnly) _readers--;
        else Exclusive = null;
    }

    public void Wait(Request request)
    {
        if (_tail is null) _head = request;
        else _tail.Next = request;
        _tail = request;
        Count(request, 1);
    }

    /// <summary>Takes the first waiting request that may start now.</summary>
    public Request? TakeStartable()
    {
        if (!AnyMayStart()) return null;
        Request? previous = null;
        for (var request = _head; request is not null; previous = request, request = request.Next)
        {
            if (!MayStart(request)) continue;
            Unlink(previous, request);
            return request;
        }

        return null;
    }

    /// <summary>Takes all waiting requests.</summary>
    public List<Request> TakeWaiting()
    {
        var requests = new List<Request>();
        while (_head is { } request)
        {
            Unlink(null, request);
            requests.Add(request);
        }

        return requests;
    }

    private bool AnyMayStart()
    {
        if (_head is null) return false;
        if (_waitingInterleavers > 0) return true;
        if (Exclusive is not null) return false;
        return _readers == 0 || _waitingReaders > 0;
    }

    private void Unlink(Request? previous, Request request)
    {
        if (previous is null) _head = request.Next;
        else previous.Next = request.Next;
        if (_tail == request) _tail = previous;
        request.Next = null;
        Count(request, -1);
    }

    private void Count(Request request, int change)
    {
        if (Interleaves(request)) _waitingInterleavers += change;
        else if (request.IsReadOnly) _waitingReaders += change;
    }

    private bool Interleaves(Request request) => isReentrant || request.IsAlwaysInterleave;
}
