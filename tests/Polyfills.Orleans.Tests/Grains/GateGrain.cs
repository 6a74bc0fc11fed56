using Orleans.Concurrency;

namespace Aggregation.Polyfills.Orleans.Tests;

public class GateGrain(Probe probe) : Grain, IGateGrain
{
    public async Task Hold(string name)
    {
        probe.Report($"{name}:in");
        await probe.Reached($"{name}:go");
        probe.Report($"{name}:out");
    }

    public Task Read(string name) => Hold(name);

    public Task Interleave(string name) => Hold(name);

    public Task HoldBriefly(string name) => Hold(name);

    public async Task<string> HoldWithToken(string name, CancellationToken cancellationToken)
    {
        probe.Report($"{name}:in");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        probe.Report($"{name}:cancelled");
        cancellationToken.ThrowIfCancellationRequested();
        return name;
    }

    public Task CallBack(string other, string self)
    {
        if (self == this.GetPrimaryKeyString())
            return GrainFactory.GetGrain<IGateGrain>(other, "Aggregation.Polyfills.Orleans.Tests.GateGrain").CallBack(other, self);
        var answer = GrainFactory.GetGrain<IGateGrain>(self, "Aggregation.Polyfills.Orleans.Tests.GateGrain").Hold("never");
        probe.Report("never:asked");
        return answer;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report($"{this.GetPrimaryKeyString()}:{reason.ReasonCode}");
        return Task.CompletedTask;
    }
}

[Reentrant]
public sealed class ReentrantGateGrain(Probe probe) : GateGrain(probe), IReentrantGateGrain;
