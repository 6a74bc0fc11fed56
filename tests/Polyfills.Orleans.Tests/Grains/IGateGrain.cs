using Orleans.Concurrency;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>Methods that report "name:in", wait for "name:go" and report "name:out".</summary>
public interface IGateGrain : IGrainWithStringKey
{
    Task Hold(string name);

    [ReadOnly]
    Task Read(string name);

    [AlwaysInterleave]
    Task Interleave(string name);

    [ResponseTimeout("00:00:00.2")]
    Task HoldBriefly(string name);

    Task<string> HoldWithToken(string name, CancellationToken cancellationToken);

    Task CallBack(string other, string self);

    Task End();
}

public interface IReentrantGateGrain : IGateGrain;
