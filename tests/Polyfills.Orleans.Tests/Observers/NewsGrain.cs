using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace Aggregation.Polyfills.Orleans.Tests;

public interface INews : IGrainObserver
{
    void Heard(int number);

    Task<int> Asked(int number);
}

public interface INewsGrain : IGrainWithStringKey
{
    Task Subscribe(INews observer);

    Task Publish(int count);

    Task<int> Ask(INews observer, int number);
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly ObserverManager<INews> _observers = new(TimeSpan.FromMinutes(5), NullLogger.Instance);

    public Task Subscribe(INews observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task Publish(int count)
    {
        for (var i = 0; i < count; i++) _observers.Notify(observer => observer.Heard(i));
        return Task.CompletedTask;
    }

    public Task<int> Ask(INews observer, int number) => observer.Asked(number);
}
