using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Audit;

/// <summary>Whether a silo knows, after its start, that its totals are right.</summary>
public sealed class OpeningAuditTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Audits what is open at the start and nothing that comes into memory later.</summary>
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:10:00", ["AuditAfterOpening"] = "00:00:00" };

    /// <summary>What the silo has left is of all tenants.</summary>
    public override Task InitializeAsync()
    {
        Spoil();
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Start_WithAPeriodOpen_IsDoneOnlyOnceItWasCompared()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var gate = new CallGate();
        var held = gate.Block(nameof(IAuditGrain.Audit), $"audit/{Tenant}/interaction/2017");
        await RestartAsync(gate: gate);
        var opening = Silo.Services.GetRequiredService<OpeningAudit>();

        await held.Reached.WaitAsync(Patience);
        Assert.False(opening.IsDone);
        Assert.Equal(1, opening.Left);

        held.Release();
        await DoneAsync(opening);
        Assert.Equal(0, opening.Left);
    }

    [Fact]
    public async Task Start_AfterAnAuditThatFailed_TriesAgainBeforeItIsDone()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var gate = new CallGate();
        gate.Fail(nameof(IAuditGrain.Audit), $"audit/{Tenant}/interaction/2017", times: 2);
        await RestartAsync(gate: gate);

        await DoneAsync(Silo.Services.GetRequiredService<OpeningAudit>());

        Assert.Equal(3, gate.Count(nameof(IAuditGrain.Audit), $"audit/{Tenant}/interaction/2017"));
    }

    private static async Task DoneAsync(OpeningAudit opening)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!opening.IsDone)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
