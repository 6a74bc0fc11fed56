using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>The same id again is the same request, whatever has happened in between; with other content it is refused.</summary>
public sealed class RequestIdTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task Submit_SameRequestTwice_ReturnsTheSameReceipt()
    {
        var first = await SubmitAsync(CountyOne, "a", 1);
        var second = await SubmitAsync(CountyOne, "a", 1);

        Same(first, second);
        Assert.Equal(1, second.Revision);
        Assert.Single(await Ledger(CountyOne).History(Caller, CancellationToken.None));
    }

    [Fact]
    public async Task Submit_SameRequestAfterTheRevisionMovedOn_ReturnsTheSameReceipt()
    {
        var command = Command("a", 1) with { ExpectedRevision = 0 };
        var first = await Ledger(CountyOne).Submit(Caller, command, CancellationToken.None);
        await SubmitAsync(CountyOne, "b", 2);

        Same(first, await Ledger(CountyOne).Submit(Caller, command, CancellationToken.None));
        await AwaitAsync(await SubmitAsync(CountyOne, "b", 2));
        Assert.Equal(2, await TotalAsync(Province));
    }

    [Fact]
    public async Task Submit_SameRequestAfterTheChecksChanged_ReturnsTheSameReceipt()
    {
        var first = await SubmitAsync(CountyOne, "a", 1000);
        var lastYear = await Ledger(CountyOne, "2016").Submit(Caller, Command("b", 1), CancellationToken.None);
        Assert.Equal(1, lastYear.Revision);

        Same(first, await SubmitAsync(CountyOne, "a", 1000));
    }

    [Fact]
    public async Task Submit_SameRequestAfterRestart_ReturnsTheSameReceipt()
    {
        var first = await SubmitAsync(CountyOne, "a", 1);
        await RestartAsync();

        Same(first, await SubmitAsync(CountyOne, "a", 1));
    }

    [Fact]
    public async Task Withdraw_SameRequestTwice_ReturnsTheSameReceipt()
    {
        await SubmitAsync(CountyOne, "a", 1);
        var first = await WithdrawAsync(CountyOne, "b");

        Same(first, await WithdrawAsync(CountyOne, "b"));
    }

    [Fact]
    public async Task Submit_SameIdOtherContent_AlreadyExists()
    {
        await SubmitAsync(CountyOne, "a", 1);

        await RefusedAsync(RefusalKind.AlreadyExists, () => SubmitAsync(CountyOne, "a", 2));
        await RefusedAsync(RefusalKind.AlreadyExists, () => WithdrawAsync(CountyOne, "a"));
        var stale = Command("a", 2) with { ExpectedRevision = 7 };
        await RefusedAsync(
            RefusalKind.AlreadyExists, () => Ledger(CountyOne).Submit(Caller, stale, CancellationToken.None));
        Assert.Equal(1, await TotalAsync(CountyOne));
    }

    [Fact]
    public async Task Submit_SameIdOtherFormOrPeriodOfTheUnit_AlreadyExists()
    {
        await SubmitAsync(CountyOne, "a", 1);

        await RefusedAsync(RefusalKind.AlreadyExists,
            () => Ledger(CountyOne, "2018").Submit(Caller, Command("a", 1), CancellationToken.None));
        await RefusedAsync(RefusalKind.AlreadyExists,
            () => Silo.Ledger(new LedgerKey(Tenant, "2014", "2017", CountyOne)).Submit(
                Caller, TestSilo.Command("a", ("6", 1)), CancellationToken.None));
    }

    [Fact]
    public async Task Submit_SameIdAtAnotherUnitOrTenant_IsAnotherRequest()
    {
        await SubmitAsync(CountyOne, "a", 1);
        var north = await Silo.CreateTenantAsync(Named("north"), "code,name,kind,level,parent,from,to\n360301-S01,One,government,county,,,");

        Assert.Equal(1, (await SubmitAsync(CountyTwo, "a", 2)).Revision);
        var other = await Silo.Ledger(Key(CountyOne) with { Tenant = Named("north") }).Submit(
            north, Command("a", 3), CancellationToken.None);
        Assert.Equal(1, other.Revision);
        Assert.Equal(1, await TotalAsync(CountyOne));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public async Task Submit_IdTooShortOrLong_NamesTheField(int length)
    {
        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => SubmitAsync(CountyOne, new string('x', length), 1));

        Assert.Equal("request_id", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task Submit_StaleRevision_TellsTheCurrentOne()
    {
        await SubmitAsync(CountyOne, "a", 1);
        await SubmitAsync(CountyOne, "b", 2);

        var refusal = await RefusedAsync(RefusalKind.Stale, () => Ledger(CountyOne).Submit(
            Caller, Command("c", 3) with { ExpectedRevision = 1 }, CancellationToken.None));
        Assert.Equal(2, refusal.CurrentRevision);
        refusal = await RefusedAsync(RefusalKind.Stale, () => Ledger(CountyOne).Withdraw(
            Caller, new WithdrawCommand { RequestId = "d", Reason = "x", ExpectedRevision = 0 }, CancellationToken.None));
        Assert.Equal(2, refusal.CurrentRevision);
        Assert.Equal(3, (await Ledger(CountyOne).Submit(
            Caller, Command("c", 3) with { ExpectedRevision = 2 }, CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task Submit_ManyAtOnceExpectingTheSameRevision_OneIsTaken()
    {
        var tries = Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await Ledger(CountyOne).Submit(
                    Caller, Command($"r{Text(i)}", i) with { ExpectedRevision = 0 }, CancellationToken.None);
                return true;
            }
            catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Stale)
            {
                return false;
            }
        });

        Assert.Single(await Task.WhenAll(tries), taken => taken);
    }

    private static void Same(Receipt first, Receipt second) => Assert.Equal(
        (first.Ledger, first.RequestId, first.Revision, first.Hash, first.At),
        (second.Ledger, second.RequestId, second.Revision, second.Hash, second.At));
}
