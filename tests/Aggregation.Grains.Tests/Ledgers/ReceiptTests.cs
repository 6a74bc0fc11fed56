using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>A receipt against a journal that was put back to an earlier day.</summary>
public sealed class ReceiptTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task VerifyReceipt_OfAnyRevision_IsHeld()
    {
        var first = await SubmitAsync(CountyOne, "a", 1);
        var second = await SubmitAsync(CountyOne, "b", 2);
        var third = await WithdrawAsync(CountyOne, "c");

        foreach (var receipt in new[] { first, second, third })
        {
            var answer = await VerifyAsync(receipt);
            Assert.Equal((ReceiptState.Held, 3L), (answer.State, answer.CurrentRevision));
            Assert.Equal((receipt.Revision, receipt.Hash, receipt.RequestId), (answer.Receipt!.Revision, answer.Receipt.Hash, answer.Receipt.RequestId));
        }
    }

    [Fact]
    public async Task VerifyReceipt_JournalRestoredFromABackup_TellsWhatIsToBeSentAgain()
    {
        using var backup = new TempFolder();
        var kept = await SubmitAsync(CountyOne, "a", 1);
        await RestartAsync(folder => Copy(folder, backup.Path));
        var lost = await SubmitAsync(CountyOne, "b", 2);
        var lostToo = await SubmitAsync(CountyOne, "c", 3);
        var silent = await SubmitAsync(CountyTwo, "d", 4);
        await RestartAsync(folder => Copy(backup.Path, folder));

        Assert.Equal(ReceiptState.Held, (await VerifyAsync(kept)).State);
        foreach (var (receipt, current) in new[] { (lost, 1L), (lostToo, 1L), (silent, 0L) })
        {
            var answer = await VerifyAsync(receipt);
            Assert.Equal((ReceiptState.Missing, null, current), (answer.State, answer.Receipt, answer.CurrentRevision));
        }

        var other = await SubmitAsync(CountyOne, "e", 5);
        var replaced = await VerifyAsync(lost);
        Assert.Equal((ReceiptState.Replaced, other.Hash, 2L), (replaced.State, replaced.Receipt!.Hash, replaced.CurrentRevision));

        var again = await SubmitAsync(CountyOne, "b", 2);
        var sentAgain = await VerifyAsync(lost);
        Assert.Equal(
            (ReceiptState.SentAgain, 3L, again.Hash),
            (sentAgain.State, sentAgain.Receipt!.Revision, sentAgain.Receipt.Hash));
        Assert.Equal(ReceiptState.Replaced, (await VerifyAsync(lost with { RequestId = "" })).State);
    }

    [Fact]
    public async Task VerifyReceipt_RequestOfAnotherPeriod_DoesNotStandForIt()
    {
        await SubmitAsync(CountyOne, "a", 1);
        await Ledger(CountyOne, "2016").Submit(Caller, Command("b", 1), CancellationToken.None);
        var made = new VerifyReceiptQuery { Revision = 7, Hash = new string('0', 64), RequestId = "b" };

        Assert.Equal(ReceiptState.Missing, (await Ledger(CountyOne).VerifyReceipt(Caller, made, CancellationToken.None)).State);
    }

    [Theory]
    [InlineData(0, "0000000000000000000000000000000000000000000000000000000000000000", "revision")]
    [InlineData(1, "00", "hash")]
    [InlineData(1, "g000000000000000000000000000000000000000000000000000000000000000", "hash")]
    public async Task VerifyReceipt_NoReceipt_IsRefusedByField(long revision, string hash, string field)
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Ledger(CountyOne).VerifyReceipt(
            Caller, new VerifyReceiptQuery { Revision = revision, Hash = hash }, CancellationToken.None));
        Assert.Equal(field, Assert.Single(refusal.Violations).Field);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(to, "journal.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.EnumerateFiles(from, "journal.db*"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private Task<ReceiptVerification> VerifyAsync(Receipt receipt) => Silo.Ledger(receipt.Ledger).VerifyReceipt(
        Caller,
        new VerifyReceiptQuery { Revision = receipt.Revision, Hash = receipt.Hash, RequestId = receipt.RequestId },
        CancellationToken.None);
}
