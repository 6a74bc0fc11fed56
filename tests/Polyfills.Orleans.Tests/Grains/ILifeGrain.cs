
namespace Aggregation.Polyfills.Orleans.Tests;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<string> Activation();

    Task EndThenAnswer(string name);

    Task<string> AskItselfThenEnd();

    Task Delay(TimeSpan time);

    Task StartTimer(TimeSpan due, TimeSpan period, bool interleave);

    Task ChangeTimer(TimeSpan due, TimeSpan period);

    Task StopTimer();

    Task Hold(string name);
}

[CollectionAgeLimit("00:05:00")]
public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain, IDisposable
{
    private readonly string _activation = Guid.NewGuid().ToString("N");
    private IGrainTimer? _timer;
    private int _ticks;

    public Task<string> Activation() => Task.FromResult(_activation);

    public async Task EndThenAnswer(string name)
    {
        DeactivateOnIdle();
        probe.Report($"{name}:in");
        await probe.Reached($"{name}:go");
    }

    public Task<string> AskItselfThenEnd()
    {
        probe.Asked = GrainFactory.GetGrain<ILifeGrain>(this.GetPrimaryKeyString()).Activation();
        DeactivateOnIdle();
        return Activation();
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan due, TimeSpan period, bool interleave)
    {
        RequestContext.Set("creator", "call");
        _timer = this.RegisterGrainTimer(Tick, "state", new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task ChangeTimer(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string name)
    {
        probe.Report($"{name}:in");
        await probe.Reached($"{name}:go");
        probe.Report($"{name}:out");
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report("activating");
        if (this.GetPrimaryKeyString() == "late") probe.Later = DeactivateOnIdle;
        if (this.GetPrimaryKeyString() == "slow") await probe.Reached("activate");
        if (this.GetPrimaryKeyString() == "failing" && probe.Events.Count(static e => e == "activating") == 1)
            throw new NotSupportedException("not today");
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report($"{this.GetPrimaryKeyString()}:{reason.ReasonCode}");
        return this.GetPrimaryKeyString() == "bad" ? throw new NotSupportedException("bad end") : Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        probe.Report($"{this.GetPrimaryKeyString()}:disposed");
    }

    private async Task Tick(string state, CancellationToken cancellationToken)
    {
        probe.Report($"tick {++_ticks} {state} {RequestContext.Get("creator") ?? "clean"} {TaskScheduler.Current != TaskScheduler.Default}");
        if (_ticks == 1 && this.GetPrimaryKeyString() == "faulty") throw new NotSupportedException("first tick");
        if (this.GetPrimaryKeyString() == "ticking")
        {
            await probe.Reached("tick:go");
            probe.Report($"tick:out cancelled {cancellationToken.IsCancellationRequested}");
        }
    }
}
