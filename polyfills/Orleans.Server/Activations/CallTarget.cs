using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime.Activations;

/// <summary>
/// Something that is called: runs one piece of work at a time, so that the code it runs needs no locks, and decides which
/// requests may be in progress together. It is a task scheduler so that what is awaited resumes here.
/// </summary>
/// <param name="isReentrant">Whether all its requests may interleave.</param>
internal abstract class CallTarget(bool isReentrant) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Pieces of work after which another target gets the thread.</summary>
    private const int Quantum = 128;

    private static readonly Action<object?> Pump = static target => ((CallTarget)target!).RunPump();
    private static readonly Action DoNothing = static () => { };

    [ThreadStatic]
    private static CallTarget? _current;

    private readonly WorkQueue _work = new();
    private Request? _active;
    private object? _first;
    private int _left;
    private int _pending;
    private bool _rescan;
    private bool _isClosed;

    /// <summary>The target whose turn runs on this thread, or null.</summary>
    public static new CallTarget? Current => _current;

    /// <summary>What is called.</summary>
    public abstract object Instance { get; }

    /// <summary>The request on whose behalf the present turn runs, as far as is known.</summary>
    public Request? Active => _active ?? Gate.Exclusive;

    /// <summary>Requests accepted and not finished.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>The context that code running here sees; null if it is no grain.</summary>
    protected abstract IGrainContext? Context { get; }

    /// <summary>Whether requests may start now; until then they wait.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>The requests in progress and those that wait. Used on the target's turns only.</summary>
    protected RequestGate Gate { get; } = new(isReentrant);

    /// <summary>Accepts a request, unless the target has ended.</summary>
    public bool TryPost(Request request)
    {
        lock (_work)
        {
            if (_isClosed) return false;
            _pending++;
            if (!Enqueue(request)) return true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return true;
    }

    /// <summary>Queues work other than a new request: a task, an action, or a request that has finished elsewhere.</summary>
    public void Post(object work)
    {
        lock (_work)
        {
            if (!Enqueue(work)) return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Takes note that a request has finished, from whatever thread it finished on.</summary>
    public void OnCompleted(Request request)
    {
        if (_current == this) request.Finish(this);
        else Post(request);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _current = this;
        RuntimeContext.Current = Context;
        _left = Quantum;
        try
        {
            // After Next has returned null another thread may be running this target: nothing here is touched any more.
            var work = Next();
            while (work is Task task)
            {
                TryExecuteTask(task);
                work = _rescan ? DoNothing : Next();
            }

            if (work is null) return;
            _first = work;
            var pump = new Task(Pump, this);
            pump.RunSynchronously(this);
            pump.GetAwaiter().GetResult();
        }
        finally
        {
            RuntimeContext.Current = null;
            _current = null;
        }
    }

    /// <summary>A request has finished, and its outcome is about to be delivered. On the target's turns only.</summary>
    public void End(Request request)
    {
        Gate.Ended(request);
        lock (_work) _pending--;
        if (Gate.HasWaiting) _rescan = true;
        OnEnded(request);
    }

    /// <summary>Ends acceptance of requests; returns those not started, which now belong to the caller.</summary>
    protected List<Request> Close()
    {
        var requests = Gate.TakeWaiting();
        lock (_work)
        {
            _isClosed = true;
            for (var count = _work.Count; count > 0; count--)
            {
                var work = _work.Dequeue()!;
                if (work is Request { IsStarted: false } request) requests.Add(request);
                else _work.Enqueue(work);
            }

            _pending -= requests.Count;
        }

        return requests;
    }

    /// <summary>A request waits because requests may not start yet.</summary>
    protected virtual void OnWaiting(Request request)
    {
    }

    /// <summary>A request has finished.</summary>
    protected virtual void OnEnded(Request request)
    {
    }

    /// <summary>Starts what may start once the present piece of work is done.</summary>
    protected void Rescan() => _rescan = true;

    protected override void QueueTask(Task task) => Post(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _current == this && TryExecuteTask(task);

    [ExcludeFromCodeCoverage(Justification = "Debuggers only.")]
    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    private bool Enqueue(object work)
    {
        _work.Enqueue(work);
        if (_work.IsScheduled) return false;
        _work.IsScheduled = true;
        return true;
    }

    private object? Next()
    {
        lock (_work)
        {
            if (_work.Count == 0)
            {
                _work.IsScheduled = false;
                return null;
            }

            if (_left-- > 0) return _work.Dequeue();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return null;
    }

    private void RunPump()
    {
        // Code that sets an AsyncLocal in one request must not leak it into the next.
        var clean = ExecutionContext.Capture()!;
        var work = _first;
        _first = null;
        while (work is not null)
        {
            Run(work);
            ExecutionContext.Restore(clean);
            while (_rescan)
            {
                _rescan = false;
                while (IsOpen && Gate.TakeStartable() is { } request)
                {
                    Start(request);
                    ExecutionContext.Restore(clean);
                }
            }

            work = Next();
        }
    }

    private void Run(object work)
    {
        switch (work)
        {
            case Request { IsStarted: false } request:
                if (IsOpen && Gate.MayStart(request)) Start(request);
                else Wait(request);
                break;
            case Request request:
                request.Finish(this);
                break;
            case Task task:
                TryExecuteTask(task);
                break;
            case Action action:
                action();
                break;
        }
    }

    private void Wait(Request request)
    {
        Gate.Wait(request);
        if (!IsOpen) OnWaiting(request);
    }

    private void Start(Request request)
    {
        request.IsStarted = true;
        Gate.Began(request);
        _active = request;
        if (request.IsAbandoned) End(request);
        else request.Start(this);
        _active = null;
    }
}
