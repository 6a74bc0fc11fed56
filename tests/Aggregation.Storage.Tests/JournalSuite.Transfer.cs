using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

/// <content>What moving a tenant reads.</content>
public abstract partial class JournalSuite
{
    [DatabaseTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task ReadPage_OneAfterTheOther_GiveEveryEntryOfTheTenantOnceInOrder(int most)
    {
        var units = new[] { "b", "a", "B", "é", "a-1" };
        foreach (var unit in units)
        {
            var first = await Append(Entries.Ledger("t1", unit, content: "1"));
            await Append(Entries.Ledger("t1", unit, first, content: "2"));
            await Append(Entries.Ledger("t2", unit));
        }

        await Append(Entries.Sealed(Entries.Ledger("t1", "") with { Stream = "tenant", Latest = null }));
        var through = await Journal.ReadPositionAsync(None);
        var read = new List<(string Stream, long Version)>();
        var after = ("", 0L);
        while (await Journal.ReadPageAsync("t1", after, through, most, None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= most, $"{page.Count} entries in a page of {most}");
            read.AddRange(page.Select(entry => (entry.Stream, entry.Version)));
            after = read[^1];
            await Append(Entries.Ledger("t1", $"late{read.Count}"));
        }

        var expected = units.Order(StringComparer.Ordinal).SelectMany(unit => new[] { (Entries.Stream(unit), 1L), (Entries.Stream(unit), 2L) });
        Assert.Equal([.. expected, ("tenant", 1L)], read);
        Assert.Equal(11, await Journal.CountEntriesAsync("t1", through, None));
    }

    [DatabaseFact]
    public async Task CountEntries_OfATenantThatIsNone_IsZero()
    {
        await Append(Entries.Ledger("t1", "u1"));
        Assert.Equal(0, await Journal.CountEntriesAsync("t2", long.MaxValue, None));
        Assert.Equal(0, await Journal.CountEntriesAsync("t1", 0, None));
        Assert.Equal(1, await Journal.CountEntriesAsync("t1", long.MaxValue, None));
    }

    [DatabaseFact]
    public async Task ReadForms_OfATenant_GivesEachOnce()
    {
        Assert.Empty(await Journal.ReadFormsAsync("t1", None));
        foreach (var (form, unit) in new[] { ("b", "u1"), ("a", "u1"), ("a", "u2"), ("c", "u3") })
        {
            await Append(Entries.Ledger("t1", unit, form: form));
            await Append(Entries.Ledger("t1", unit, form: form, period: "2018"));
        }

        await Append(Entries.Ledger("t2", "u1", form: "d"));

        Assert.Equal(["a", "b", "c"], await Journal.ReadFormsAsync("t1", None));
        Assert.Equal(["2017", "2018"], await Journal.ReadPeriodsAsync("t1", "a", None));
        Assert.Empty(await Journal.ReadPeriodsAsync("t1", "d", None));
    }
}
