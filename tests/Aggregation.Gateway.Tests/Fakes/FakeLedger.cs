using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>A ledger with one cell, <c>1.1</c>, whose figure is its version, unless a test says otherwise.</summary>
internal sealed partial class FakeLedger(LedgerKey key) : ILedgerGrain
{
    private readonly Lock gate = new();
    private readonly HashSet<ILedgerObserver> observers = [];
    private readonly Channel<ILedgerObserver> unsubscribed = Channel.CreateUnbounded<ILedgerObserver>();
    private LedgerVersion version = new(1, 1);
    private int totalsAsked;

    public Func<Caller, SubmitCommand, CancellationToken, Task<Receipt>>? OnSubmit { get; set; }

    public Func<Caller, AwaitQuery, CancellationToken, Task<LedgerVersion>>? OnAwait { get; set; }

    public Action<Caller>? OnRead { get; set; }

    public ImmutableArray<Part> Parts { get; set; } = [];

    public ImmutableArray<CheckFinding> Findings { get; set; } = [];

    public TotalQuery? Asked { get; private set; }

    public int TotalsAsked => totalsAsked;

    public int Observers
    {
        get
        {
            lock (gate)
            {
                return observers.Count;
            }
        }
    }

    public static Receipt ReceiptOf(LedgerKey ledger, SubmitCommand command) => new()
    {
        Ledger = ledger,
        RequestId = command.RequestId,
        Revision = 1,
        At = DateTimeOffset.UnixEpoch,
        Hash = "aa",
    };

    /// <summary>Moves to a version, and tells the observers unless told not to.</summary>
    public void Change(LedgerVersion to, bool tell = true)
    {
        ILedgerObserver[] told;
        lock (gate)
        {
            version = to;
            told = tell ? [.. observers] : [];
        }

        foreach (var observer in told)
        {
            observer.Changed(to);
        }
    }

    /// <summary>Completes once an observer has left that nobody waited for yet.</summary>
    public Task Unsubscribed() => unsubscribed.Reader.ReadAsync().AsTask().WaitAsync(Requests.Patience);

    public Task<Receipt> Submit(Caller caller, SubmitCommand command, CancellationToken cancellation) =>
        OnSubmit?.Invoke(caller, command, cancellation) ?? Task.FromResult(ReceiptOf(key, command));

    public Task<Receipt> Withdraw(Caller caller, WithdrawCommand command, CancellationToken cancellation) =>
        Task.FromResult(ReceiptOf(key, new SubmitCommand { RequestId = $"{command.RequestId}/{command.ExpectedRevision}/{command.Reason}" }));

    public Task<ImmutableArray<CheckFinding>> Validate(Caller caller, SubmitCommand command, CancellationToken cancellation) =>
        Task.FromResult(Findings);

    public Task<SubmissionView> Get(Caller caller, long? revision, CancellationToken cancellation) => Task.FromResult(new SubmissionView
    {
        Receipt = ReceiptOf(key, new SubmitCommand { RequestId = revision?.ToString(CultureInfo.InvariantCulture) ?? "latest" }),
        State = SubmissionState.Accepted,
        Nil = false,
        Cells = [new CellFigure("7", new Amount(2, 500_000_000))],
        Actor = caller.KeyId,
        FiledOn = new DateOnly(2017, 1, 11),
    });

    public async Task<ImmutableArray<SubmissionView>> History(Caller caller, CancellationToken cancellation) =>
        [await Get(caller, 1, cancellation), await Get(caller, 2, cancellation)];

    public VerifyReceiptQuery? ReceiptAsked { get; private set; }

    public ReceiptState Standing { get; set; }

    public Task<ReceiptVerification> VerifyReceipt(Caller caller, VerifyReceiptQuery query, CancellationToken cancellation)
    {
        ReceiptAsked = query;
        return Task.FromResult(new ReceiptVerification
        {
            State = Standing,
            Receipt = Standing == ReceiptState.Missing ? null : ReceiptOf(key, new SubmitCommand { RequestId = "held" }),
            CurrentRevision = 4,
        });
    }

    public Task<TotalView> GetTotal(Caller caller, TotalQuery query)
    {
        Interlocked.Increment(ref totalsAsked);
        Asked = query;
        OnRead?.Invoke(caller);
        return Task.FromResult(Total(query));
    }

    public Task<ChildrenView> Children(Caller caller, TotalQuery query)
    {
        OnRead?.Invoke(caller);
        return Task.FromResult(new ChildrenView { Total = Total(query), Parts = Parts });
    }

    public Task<LedgerVersion> Await(Caller caller, AwaitQuery query, CancellationToken cancellation) =>
        OnAwait?.Invoke(caller, query, cancellation) ?? Task.FromResult(version);

    public Task<LedgerVersion> Subscribe(Caller caller, string tree, ILedgerObserver observer)
    {
        OnRead?.Invoke(caller);
        lock (gate)
        {
            observers.Add(observer);
            return Task.FromResult(version);
        }
    }

    public Task Unsubscribe(string tree, ILedgerObserver observer)
    {
        lock (gate)
        {
            observers.Remove(observer);
        }

        return unsubscribed.Writer.WriteAsync(observer).AsTask();
    }

    private TotalView Total(TotalQuery query)
    {
        lock (gate)
        {
            return new TotalView
            {
                Ledger = key,
                Query = query,
                UnitName = $"unit {key.Unit}",
                Version = version,
                StructureVersion = 3,
                Coverage = new Coverage(5, 4, 3, 2, 1),
                Digest = new string('0', 32),
                Cells = [new CellTotal("1.1", new Amount(version.Version, 0), 4)],
                Derived = [new DerivedFigure("rate", null), new DerivedFigure("share", new Amount(0, 250_000_000))],
            };
        }
    }
}
