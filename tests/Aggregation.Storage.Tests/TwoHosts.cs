using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Tests;

/// <summary>What holds for two hosts on one empty database, whatever its kind.</summary>
internal static class TwoHosts
{
    /// <summary>They see each other's entries and never share an epoch.</summary>
    public static async Task RequireOneJournalAsync(IJournal one, IJournal two)
    {
        var first = await one.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));
        var taken = await two.AppendAsync(Entries.Ledger("t1", "u1", content: "late"));
        var repeated = await two.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));

        Assert.Equal((AppendResult.VersionTaken, first.Entry.Position), (taken.Result, taken.Entry.Position));
        Assert.Equal((AppendResult.Repeated, first.Entry.Position), (repeated.Result, repeated.Entry.Position));
        var name = Entries.Name("t1", "u1");
        long[] epochs = [await one.TakeEpochAsync(name), await two.TakeEpochAsync(name), await one.TakeEpochAsync(name)];
        Assert.Equal([1, 2, 3], epochs);
        Assert.Equal(
            [new LedgerHead(name, 3, 1)],
            await two.FindSupersededAsync([new LedgerHead(name, 2, 1)], CancellationToken.None));
    }
}
