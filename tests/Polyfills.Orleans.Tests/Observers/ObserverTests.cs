using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class ObserverTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private TestSilo _silo = null!;

    private INewsGrain News => _silo.Grains.GetGrain<INewsGrain>("n");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Notify_ManyTimes_ArrivesInOrderWithoutHoldingTheGrain()
    {
        using var observer = new Listener(expected: 1_000);
        await News.Subscribe(_silo.Grains.CreateObjectReference<INews>(observer));
        await News.Publish(1_000);

        // The observer is still held at its first notification, and the grain has answered.
        Assert.False(observer.Done.IsCompleted);
        observer.Release();
        await observer.Done.WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 1_000), observer.Heard);
    }

    [Fact]
    public async Task Ask_Observer_Answers()
    {
        using var observer = new Listener(expected: 1);

        Assert.Equal(42, await News.Ask(_silo.Grains.CreateObjectReference<INews>(observer), 21));
    }

    [Fact]
    public void ObserverManager_Expired_IsRemovedAtTheNextNotification()
    {
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var observers = new ObserverManager<string, string>(TimeSpan.FromMinutes(1), NullLogger.Instance) { GetDateTime = () => now };
        observers.Subscribe("old", "old");
        now = now.AddMinutes(2);
        observers.Subscribe("new", "new");
        var heard = new List<string>();
        observers.Notify(heard.Add);

        Assert.Equal(["new"], heard);
        Assert.Equal(1, observers.Count);
    }

    [Fact]
    public async Task ObserverManager_FailingObserver_IsRemovedAndOthersHear()
    {
        var observers = new ObserverManager<string, string>(TimeSpan.FromMinutes(1), NullLogger.Instance);
        observers.Subscribe("bad", "bad");
        observers.Subscribe("good", "good");
        var heard = new List<string>();
        await observers.Notify(observer =>
        {
            if (observer == "bad") throw new InvalidOperationException(observer);
            heard.Add(observer);
            return Task.CompletedTask;
        });

        Assert.Equal(["good"], heard);
        Assert.Equal(["good"], observers);
    }

    private sealed class Listener(int expected) : INews, IDisposable
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public List<int> Heard { get; } = [];

        public Task Done => _done.Task;

        public void Release() => _released.Set();

        public void Dispose() => _released.Dispose();

        void INews.Heard(int number)
        {
            _released.Wait(Patience);
            Heard.Add(number);
            if (Heard.Count == expected) _done.SetResult();
        }

        public Task<int> Asked(int number) => Task.FromResult(number * 2);
    }
}
