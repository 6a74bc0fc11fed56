using Aggregation.Storage.Personal;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

/// <content>Personal data beside the journal, and what stands for it in the chain.</content>
public abstract partial class JournalSuite
{
    private static readonly Person Wang = new("wang", "王小明", "wang@example.org", "+86 10 0000 0000");

    [DatabaseFact]
    public async Task Append_WithAnOrigin_IsReadBackAndHashedWithIt()
    {
        var before = await Append(Entries.Ledger("t1", "u1"));
        var after = Entries.Ledger("t1", "u1", before) with { Origin = long.MaxValue, Latest = null };
        await Append(Entries.Sealed(after));
        await ReopenAsync();

        var stream = await Journal.ReadStreamAsync("t1", before.Stream, 0, None);

        Assert.Equal([0, long.MaxValue], stream.Select(entry => entry.Origin));
        Entries.AssertChained(stream);
        Assert.NotEqual(Entries.HashOf(stream[1]), Entries.HashOf(stream[1] with { Origin = 0 }));
    }

    [DatabaseFact]
    public async Task Person_SavedChangedErased_IsWhatWasSavedLastThenGone()
    {
        await Personal.SaveAsync("t1", Wang with { Name = "before" });
        await Personal.SaveAsync("t1", Wang);
        await Personal.SaveAsync("t1", new Person("li", "李", "", ""));
        await Personal.SaveAsync("t2", Wang with { Name = "somebody of another tenant" });
        await ReopenAsync();

        Assert.Equal([Wang], await Personal.ReadAsync("t1", ["wang", "nobody", "wang"], None));
        Assert.Equal(2, (await Personal.ReadAsync("t1", ["wang", "li"], None)).Count);
        Assert.Empty(await Personal.ReadAsync("t3", ["wang"], None));
        Assert.Equal(1, await Personal.EraseAsync("t1", "wang"));
        Assert.Equal(0, await Personal.EraseAsync("t1", "wang"));
        Assert.Empty(await Personal.ReadAsync("t1", ["wang"], None));
        Assert.Single(await Personal.ReadAsync("t1", ["li"], None));
        Assert.Single(await Personal.ReadAsync("t2", ["wang"], None));
    }

    [DatabaseFact]
    public async Task Origin_KeptAgain_IsTheFirstOneOfThatActorAndAddress()
    {
        var first = await Personal.KeepAsync("t1", Seen(1, "k1", "wang", "10.0.0.1"));

        Assert.Equal(first, await Personal.KeepAsync("t1", Seen(2, "k1", "wang", "10.0.0.1")));
        Assert.Equal(3, (await Personal.KeepAsync("t1", Seen(3, "k1", "wang", "10.0.0.2"))).Id);
        Assert.Equal(4, (await Personal.KeepAsync("t1", Seen(4, "k2", "", "10.0.0.1"))).Id);
        Assert.Equal(5, (await Personal.KeepAsync("t2", Seen(5, "k1", "wang", "10.0.0.1"))).Id);
        Assert.Equal([1, 3], (await Personal.ReadOriginsAsync("t1", "wang", None)).Select(origin => origin.Id));
        Assert.Equal([first], await Personal.ReadOriginsAsync("t1", [1, 2, 5, 1], None));
    }

    [DatabaseFact]
    public async Task Erase_AUserOrAKey_TakesItsOriginsAndLeavesTheChain()
    {
        var entry = Entries.Sealed(Entries.Ledger("t1", "u1") with { Origin = 1, Latest = null });
        await Append(entry);
        await Personal.KeepAsync("t1", Seen(1, "k1", "wang", "10.0.0.1"));
        await Personal.KeepAsync("t1", Seen(2, "k2", "wang", "10.0.0.1"));
        await Personal.KeepAsync("t1", Seen(3, "k3", "", "10.0.0.1"));
        await Personal.KeepAsync("t2", Seen(1, "k1", "wang", "10.0.0.1"));
        await Personal.SaveAsync("t1", Wang);

        Assert.Equal(3, await Personal.EraseAsync("t1", "wang"));
        Assert.Equal([3], (await Personal.ReadOriginsAsync("t1", [1, 2, 3], None)).Select(origin => origin.Id));
        Assert.Equal(1, await Personal.EraseOriginsAsync("t1", "k3"));
        Assert.Empty(await Personal.ReadOriginsAsync("t1", [1, 2, 3], None));
        Assert.Single(await Personal.ReadOriginsAsync("t2", [1], None));
        Entries.AssertChained(await Journal.ReadStreamAsync("t1", entry.Stream, 0, None));
        Assert.Equal(9, (await Personal.KeepAsync("t1", Seen(9, "k1", "wang", "10.0.0.1"))).Id);
    }

    private static Origin Seen(long id, string actor, string user, string address) =>
        new(id, actor, user, address, Entries.At.AddSeconds(id));
}
