
namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class EchoGrain(Probe probe) : Grain, IEchoGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public ValueTask<int> Add(int left, int right) => new(left + right);

    public async ValueTask Nothing() => await Task.Yield();

    public async Task<int> Fail(string message)
    {
        await Task.Yield();
        throw new NotSupportedException(message);
    }

    public async Task<bool> StaysOnScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Run(static () => 1);
        await Task.Yield();
        return TaskScheduler.Current == before && before != TaskScheduler.Default;
    }

    public Task Tell(string what)
    {
        probe.Report(what);
        return what == "fail" ? throw new InvalidOperationException(what) : Task.CompletedTask;
    }

    public Task<object?> ReadContext(string key) => Task.FromResult(RequestContext.Get(key));

    public async Task<string?> ReadContextOf(string grain, string key)
    {
        await Task.Yield();
        return (string?)await GrainFactory.GetGrain<IEchoGrain>(grain).ReadContext(key);
    }

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
