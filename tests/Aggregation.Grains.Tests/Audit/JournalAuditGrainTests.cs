using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Chains;
using Aggregation.Grains.Audit;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Audit;

/// <summary>What somebody or something does to the journal's file behind the product's back is named.</summary>
public sealed class JournalAuditGrainTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Stream = "ledger/interaction/2017/360301-S01";

    private string Own => $"tenant = '{Tenant}'";

    private string Entry => $"{Own} AND stream = '{Stream}' AND version = ";

    private static readonly AuditRange Everything = new(null, null);

    [Fact]
    public async Task Audit_JournalAsWritten_FindsNothingAndReadsEveryEntry()
    {
        await FillAsync();
        await CheckpointAsync();

        var (last, faults, drifts) = await AuditAsync(Everything);

        Assert.Empty(faults);
        Assert.Empty(drifts);
        Assert.Equal(JournalBits.Number(Folder, $"SELECT count(*) FROM entry WHERE {Own}"), last.Entries);
        Assert.Equal((4, 1, 1), (last.Streams, last.Ledgers, last.Checkpoint));
        Assert.Equal(64, last.CheckpointHash.Length);
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("previous_hash")]
    [InlineData("hash")]
    [InlineData("request_hash")]
    public async Task Audit_AnyBitOfAnEntryFlipped_NamesTheEntry(string column)
    {
        await FillAsync();
        JournalBits.Flip(Folder, "entry", column, Entry + "2", 21);

        var (_, faults, _) = await AuditAsync(Everything);

        var kind = column == "previous_hash" ? JournalFaultKind.Unlinked : JournalFaultKind.Changed;
        Assert.Equal(new JournalFault(Stream, 2, kind), faults[0]);
    }

    [Fact]
    public async Task Audit_OriginOfAnEntryChanged_NamesTheEntry()
    {
        await FillAsync();
        JournalBits.Execute(Folder, $"UPDATE entry SET origin = origin + 1 WHERE {Entry}2");

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Equal(new JournalFault(Stream, 2, JournalFaultKind.Changed), faults[0]);
    }

    [Fact]
    public async Task Audit_EntryTakenOut_NamesTheGap()
    {
        await FillAsync();
        JournalBits.Execute(Folder, $"DELETE FROM entry WHERE {Entry}1");

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Equal([new JournalFault(Stream, 2, JournalFaultKind.Gap)], faults);
    }

    [Fact]
    public async Task Audit_TailCutOffAndCountingPutBack_ShowsByTheCheckpoint()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        JournalBits.Execute(Folder, $"CREATE TABLE {Tenant} AS SELECT * FROM latest WHERE {Own}");
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        await CheckpointAsync();
        JournalBits.Execute(Folder, $"DELETE FROM entry WHERE {Entry}2; DELETE FROM latest WHERE {Own}; INSERT INTO latest SELECT * FROM {Tenant}");

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Equal([new JournalFault(Stream, 2, JournalFaultKind.CutOff)], faults);
    }

    [Fact]
    public async Task Audit_TailCutOffSinceTheLastCheckpoint_ShowsByWhatIsCounted()
    {
        await FillAsync();
        JournalBits.Execute(Folder, $"DELETE FROM entry WHERE {Entry}2");

        var (_, faults, _) = await AuditAsync(new AuditRange("interaction", "2017"));

        Assert.Equal([new JournalFault(Stream, 2, JournalFaultKind.CutOff)], faults);
    }

    [Fact]
    public async Task Audit_StreamGone_ShowsByTheCheckpoint()
    {
        await FillAsync();
        await CheckpointAsync();
        JournalBits.Execute(Folder, $"DELETE FROM entry WHERE {Own} AND stream = '{Stream}'");

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Contains(new JournalFault(Stream, 1, JournalFaultKind.CutOff), faults);
    }

    [Fact]
    public async Task Audit_EntryWrittenAnewWithItsHash_ShowsByTheCheckpoint()
    {
        await FillAsync();
        await CheckpointAsync();
        var journal = Silo.Services.GetRequiredService<IJournal>();
        var entry = (await journal.ReadStreamAsync(Tenant, Stream, 1, CancellationToken.None))[0];
        var forged = entry with { Actor = "somebody" };
        JournalBits.Execute(
            Folder, $"UPDATE entry SET actor = 'somebody', hash = x'{Convert.ToHexString(EntryHash.Of(forged))}' WHERE {Entry}2");

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Equal(new JournalFault(Stream, 2, JournalFaultKind.Rewritten), faults[0]);
    }

    [Fact]
    public async Task Audit_SecondCheckpoint_RecordsOnlyWhatChanged()
    {
        await FillAsync();
        await CheckpointAsync();
        await CheckpointAsync();
        await SubmitAndAwaitAsync(CityTwo, "c", 1);
        await CheckpointAsync();

        Assert.Equal(2, JournalBits.Number(Folder, $"SELECT count(*) FROM entry WHERE {Own} AND stream = 'checkpoints'"));
        var heads = await Checkpoints.ReadAsync(
            Silo.Services.GetRequiredService<IJournal>(), Tenant, CancellationToken.None);
        Assert.Equal(
            ["ledger/interaction/2017/360300-S02", Stream, "tenant"], heads.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, heads[Stream].Version);
    }

    [Fact]
    public async Task Audit_CountingChanged_IsRebuiltAndReported()
    {
        await FillAsync();
        JournalBits.Flip(Folder, "latest", "state", $"{Own} AND unit = '360301-S01'", 77);

        var (_, faults, _) = await AuditAsync(Everything);

        Assert.Equal([new JournalFault(Stream, 2, JournalFaultKind.CountingRebuilt)], faults);
        Assert.Empty((await AuditAsync(Everything)).Faults);
    }

    [Fact]
    public async Task Next_NotAnAdministratorOrOutOfStep_IsRefused()
    {
        var grain = Silo.Grains.GetGrain<IJournalAuditGrain>(JournalAuditKeys.Of(Tenant, "one"));
        await RefusedAsync(
            RefusalKind.Forbidden, () => grain.Next(Caller with { IsAdministrator = false }, Everything, 1, CancellationToken.None));
        await RefusedAsync(
            RefusalKind.NotFound, () => grain.Next(Caller with { Tenant = "north" }, Everything, 1, CancellationToken.None));
        await RefusedAsync(RefusalKind.Unavailable, () => grain.Next(Caller, Everything, 2, CancellationToken.None));
    }

    private async Task FillAsync()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        await SubmitAndAwaitAsync(CityTwo, "b", 7);
    }

    private Task CheckpointAsync() =>
        Silo.Services.GetRequiredService<Checkpoints>().WriteAsync(Tenant, CancellationToken.None);

    private async Task<(AuditStep Last, List<JournalFault> Faults, List<LedgerDrift> Drifts)> AuditAsync(AuditRange range)
    {
        var grain = Silo.Grains.GetGrain<IJournalAuditGrain>(JournalAuditKeys.Of(Tenant, Guid.NewGuid().ToString("N")));
        var faults = new List<JournalFault>();
        var drifts = new List<LedgerDrift>();
        for (var number = 1; ; number++)
        {
            var step = await grain.Next(Caller, range, number, CancellationToken.None);
            faults.AddRange(step.Faults);
            drifts.AddRange(step.Drifts);
            if (step.IsDone)
            {
                return (step, faults, drifts);
            }
        }
    }
}
