using Orleans.Concurrency;

namespace Aggregation.Polyfills.Orleans.Tests;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<string> Key();

    ValueTask<int> Add(int left, int right);

    ValueTask Nothing();

    Task<int> Fail(string message);

    Task<bool> StaysOnScheduler();

    [OneWay]
    Task Tell(string what);

    Task<object?> ReadContext(string key);

    Task<string?> ReadContextOf(string grain, string key);

    Task SetContext(string key, string value);
}
