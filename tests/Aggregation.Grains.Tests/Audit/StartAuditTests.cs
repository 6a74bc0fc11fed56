using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests.Audit;

/// <summary>After a silo ended as by a kill: nothing flushed, no lease given back, no push made.</summary>
public sealed class StartAuditTests(ClassSilo silo) : SiloTest(silo)
{
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00.050" };

    [Fact]
    public async Task Start_AcknowledgedButNotPropagated_IsInTheTotalWithoutAnyoneTouchingTheLeaf()
    {
        await SubmitAndAwaitAsync(CityTwo, "a", 7);
        await Silo.Gate.DeactivateAsync(Key(Province));
        var snapshots = Vault.Copy();
        Silo.Gate.Block(nameof(IRollupGrain.Push), Key(County));
        await SubmitAsync(CountyOne, "b", 5);

        // What the disk had at that moment is all that the next silo finds; snapshots are those of before.
        using var disk = new TempFolder();
        JournalBits.Execute(Folder, $"VACUUM INTO '{Path.Combine(disk.Path, "journal.db")}'");
        Vault.Restore(snapshots);
        var touched = new List<string>();
        await using var next = await TestSilo.StartAsync(disk.Path, new SiloSetup { Settings = Settings, Snapshots = Vault });
        next.Gate.OnCall = (method, key) =>
        {
            lock (touched) touched.Add(key);
        };

        var view = await next.Ledger(Key(Province)).GetTotal(Caller, new TotalQuery());

        Assert.Equal(12, Figure(view.Cells));
        lock (touched)
        {
            // Its audits go on calling.
            Assert.DoesNotContain(Key(CountyOne).ToString(), touched);
        }
    }

    [Fact]
    public async Task Start_WhatWasWrittenLast_IsAuditedWithoutAnyCall()
    {
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        using var disk = new TempFolder();
        JournalBits.Execute(Folder, $"VACUUM INTO '{Path.Combine(disk.Path, "journal.db")}'");
        await using var next = await TestSilo.StartAsync(disk.Path, new SiloSetup { Settings = Settings });
        var audited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        next.Gate.OnCall = (method, key) =>
        {
            if (method == nameof(IAuditGrain.Audit) && key.StartsWith($"audit/{Tenant}/", StringComparison.Ordinal))
            {
                audited.TrySetResult(key);
            }
        };

        Assert.Equal($"audit/{Tenant}/interaction/2017", await audited.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }
}

/// <summary>With a short interval.</summary>
public sealed class AuditTimerTests(ClassSilo silo) : SiloTest(silo)
{
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00.050" };

    [Fact]
    public async Task AuditTimer_WhatThisSiloWrote_IsAudited()
    {
        var audited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Silo.Gate.OnCall = (method, key) =>
        {
            if (method == nameof(IAuditGrain.Audit) && key.StartsWith($"audit/{Tenant}/", StringComparison.Ordinal))
            {
                audited.TrySetResult(key);
            }
        };

        await SubmitAsync(CountyOne, "a", 5);

        Assert.Equal($"audit/{Tenant}/interaction/2017", await audited.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
