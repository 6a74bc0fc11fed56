using System.Text.Json;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Publications;

public class PublicationGrainTests(ClassSilo silo) : SiloTest(silo)
{
    [DatabaseTheory]
    [InlineData(Scope.Own, Layer.Submitted)]
    [InlineData(Scope.Level, Layer.Submitted)]
    [InlineData(Scope.Region, Layer.Submitted)]
    [InlineData(Scope.Region, Layer.Accepted)]
    public async Task Publish_ATotal_IsTheLiveOneForEver(Scope scope, Layer layer)
    {
        await SubmitAndAwaitAsync(City, "a", 1);
        await SubmitAndAwaitAsync(Institute, "b", 10);
        await SubmitAndAwaitAsync(CountyOne, "c", 100);
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await SubmitAndAwaitAsync(CountyOne, "d", 200);
        await SubmitAndAwaitAsync(CountyTwo, "e", 1000);
        var live = await ViewAsync(City, scope, layer);

        var publication = await PublishAsync(City, "p", scope, layer);
        await SubmitAndAwaitAsync(CountyOne, "f", 7);
        await WithdrawAsync(Institute, "g");
        await RestartAsync();

        Assert.Equal(
            (1L, "p", "test-key", live.Digest, live.Coverage, live.StructureVersion, "City"),
            (publication.Number, publication.RequestId, publication.Actor, publication.Digest, publication.Coverage,
                publication.StructureVersion, publication.UnitName));
        var published = await Publications(City).Get(Caller, null, default);
        Assert.Equal(publication, published.Publication);
        Assert.Equal(JsonSerializer.Serialize(live with { Version = default }), JsonSerializer.Serialize(published.Total));
    }

    [DatabaseFact]
    public async Task Restate_AfterCorrections_NamesCellsAndSubmissionsThatDiffer()
    {
        var corrected = await SubmitAsync(CountyOne, "a", 5);
        var withdrawn = await SubmitAsync(CityOne, "b", 20);
        await SubmitAndAwaitAsync(Lonely, "c", 300);
        await PublishAsync(Province, "p");
        var correction = await SubmitAsync(CountyOne, "d", 9);
        var withdrawal = await WithdrawAsync(CityOne, "e");
        var added = await Ledger(CountyTwo).Submit(Caller, TestSilo.Command("f", ("5.1", 3)), default);
        await SubmitAsync(City, "g", 8);
        var back = await WithdrawAsync(City, "h");

        var restatement = await Publications(Province).Restate(Caller, new RestatementQuery(), default);

        Assert.Equal((325, 309), (Figure(restatement.Published.Cells), Figure(restatement.Current.Cells)));
        Assert.Equal(
            [("1.1", 325L, 3, 309L, 2), ("1.2", 325L, 3, 309L, 2), ("5.1", null, null, 3L, 1)],
            restatement.Cells.Select(cell => (
                cell.Cell, cell.Published?.Amount.Units, cell.Published?.Count, cell.Current?.Amount.Units, cell.Current?.Count)));
        Assert.Equal(3, restatement.ChangedSubmissions);
        Assert.Equal(
            [
                new ChangedSubmission(CityOne, "City one", Of(withdrawn), null),
                new ChangedSubmission(CountyOne, "County one", Of(corrected), Of(correction)),
                new ChangedSubmission(CountyTwo, "County two", null, Of(added)),
            ],
            restatement.Submissions.AsEnumerable());
        foreach (var receipt in new[] { correction, withdrawal, added, back })
        {
            await AwaitAsync(receipt);
        }

        var live = await ViewAsync(Province);
        Assert.Equal((live.Digest, live.Coverage), (restatement.Current.Digest, restatement.Current.Coverage));
    }

    [DatabaseFact]
    public async Task Restate_NothingChangedOrChangedBack_SaysWhatIsTrue()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await PublishAsync(County, "p");
        var same = await Publications(County).Restate(Caller, new RestatementQuery(), default);
        await SubmitAsync(CountyOne, "b", 6);
        await SubmitAsync(CountyOne, "c", 5);

        var again = await Publications(County).Restate(Caller, new RestatementQuery(), default);

        Assert.Equal((0, 0, same.Published.Digest), (same.Cells.Length, same.ChangedSubmissions, same.Current.Digest));
        Assert.Empty(again.Cells);
        Assert.Equal((1L, 3L), (again.Submissions[0].Then!.Source.Revision, again.Submissions[0].Now!.Source.Revision));
        Assert.NotEqual(again.Published.Digest, again.Current.Digest);
    }

    [DatabaseFact]
    public async Task Restate_Pages_ContinueAfterTheLastUnitNamed()
    {
        await PublishAsync(Province, "p");
        string[] units = [City, CityOne, CityTwo, CountyOne, CountyTwo];
        foreach (var unit in units)
        {
            await SubmitAsync(unit, "a", 1);
        }

        var first = await Publications(Province).Restate(Caller, new RestatementQuery { Limit = 2 }, default);
        var rest = await Publications(Province).Restate(
            Caller, new RestatementQuery { AfterUnit = first.Submissions[^1].Unit }, default);

        Assert.Equal((5, 5), (first.ChangedSubmissions, rest.ChangedSubmissions));
        Assert.Equal(units.Order(StringComparer.Ordinal), first.Submissions.Concat(rest.Submissions).Select(change => change.Unit));
        foreach (var limit in new[] { 0, 10_001 })
        {
            var refusal = await RefusedAsync(
                RefusalKind.Invalid, () => Publications(Province).Restate(Caller, new RestatementQuery { Limit = limit }, default));
            Assert.Equal(("limit", Text(limit)), (refusal.Violations[0].Field, refusal.Violations[0].Value));
        }
    }

    [DatabaseFact]
    public async Task Publish_SeveralTimes_NumbersAndKeepsEach()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var first = await PublishAsync(County, "p1");
        await SubmitAsync(CountyOne, "b", 6);
        var second = await PublishAsync(County, "p2", Scope.Level);
        await RestartAsync();
        var third = await PublishAsync(County, "p3");

        Assert.Equal([first, second, third], (await Publications(County).List(Caller, default)).AsEnumerable());
        Assert.Equal([1L, 2L, 3L], new[] { first, second, third }.Select(publication => publication.Number));
        Assert.Equal(5, Figure((await Publications(County).Get(Caller, 1, default)).Total.Cells));
        Assert.Equal(6, Figure((await Publications(County).Get(Caller, 2, default)).Total.Cells));
        Assert.Equal(third, (await Publications(County).Get(Caller, null, default)).Publication);
        var restatement = await Publications(County).Restate(Caller, new RestatementQuery { Number = 1 }, default);
        Assert.Equal((5, 6), (Figure(restatement.Published.Cells), Figure(restatement.Current.Cells)));
        foreach (var number in new long[] { 0, 4 })
        {
            await RefusedAsync(RefusalKind.NotFound, () => Publications(County).Get(Caller, number, default));
            await RefusedAsync(
                RefusalKind.NotFound, () => Publications(County).Restate(Caller, new RestatementQuery { Number = number }, default));
        }

        Assert.Empty(await Silo.Publications(Key(County, "2017Q1")).List(Caller, default));
        await RefusedAsync(RefusalKind.NotFound, () => Silo.Publications(Key(County, "2017Q1")).Get(Caller, null, default));
    }

    [DatabaseFact]
    public async Task Publish_SameRequestAgain_IsTheSamePublicationWhateverHasChanged()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var first = await PublishAsync(County, "p");
        await SubmitAsync(CountyOne, "b", 6);

        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PublishAsync(County, "p")));

        Assert.All(again, publication => Assert.Equal(first, publication));
        Assert.Single(await Publications(County).List(Caller, default));
        await RefusedAsync(RefusalKind.AlreadyExists, () => PublishAsync(County, "p", Scope.Level));
        await SubmitAsync(County, "s", 1);
        await RefusedAsync(RefusalKind.AlreadyExists, () => PublishAsync(County, "s"));
        await RefusedAsync(RefusalKind.AlreadyExists, () => SubmitAsync(County, "p", 1));
    }

    [DatabaseFact]
    public async Task Publish_ExpectedDigest_PublishesThatTotalOrNone()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var seen = (await ViewAsync(County)).Digest;
        await SubmitAndAwaitAsync(CountyOne, "b", 6);
        var now = (await ViewAsync(County)).Digest;

        Task<PublicationView> Publish(string digest) => Publications(County).Publish(
            Caller, new PublishCommand { RequestId = "p", ExpectedDigest = digest }, default);
        var refusal = await RefusedAsync(RefusalKind.FailedPrecondition, () => Publish(seen));
        Assert.Equal(("expected_digest", seen, now), (refusal.Violations[0].Field, refusal.Violations[0].Value, refusal.Violations[0].Rule));
        await RefusedAsync(RefusalKind.Invalid, () => Publish("abc"));
        Assert.Empty(await Publications(County).List(Caller, default));
        Assert.Equal(now, (await Publish(now)).Digest);
    }

    [DatabaseFact]
    public async Task Publish_Nothing_IsAPublicationToo()
    {
        var publication = await PublishAsync(Lonely, "p");

        Assert.Equal((new Coverage(1, 0, 0, 0, 0), SetDigest.Zero.ToString()), (publication.Coverage, publication.Digest));
        Assert.Empty((await Publications(Lonely).Get(Caller, 1, default)).Total.Cells);
    }

    [DatabaseFact]
    public async Task Publish_LeavesSubmissionsOpenAndTheirRevisionsAlone()
    {
        await SubmitAsync(County, "a", 5);
        await PublishAsync(County, "p");

        Assert.Equal(2, (await SubmitAsync(County, "b", 6)).Revision);
        Assert.Equal([1L, 2L], (await Ledger(County).History(Caller, default)).Select(submission => submission.Receipt.Revision));
    }

    [DatabaseFact]
    public async Task Publish_Entries_AreChainedInAStreamOfTheirOwn()
    {
        var first = await PublishAsync(County, "p1");
        await PublishAsync(County, "p2");

        var entries = await Silo.Services.GetRequiredService<IJournal>().ReadStreamAsync(
            Tenant, $"publication/interaction/2017/{County}", 0, default);
        Assert.Equal(first.Hash, Convert.ToHexStringLower(entries[0].Hash.Span));
        Assert.Equal(entries[0].Hash.ToArray(), entries[1].PreviousHash.ToArray());
    }

    [DatabaseFact]
    public async Task Publish_RequestThatCannotStand_IsRefusedByField()
    {
        foreach (var id in new[] { "", new string('x', 65) })
        {
            var refusal = await RefusedAsync(RefusalKind.Invalid, () => PublishAsync(County, id));
            Assert.Equal(("request_id", id), (refusal.Violations[0].Field, refusal.Violations[0].Value));
        }

        await RefusedAsync(RefusalKind.NotFound, () => PublishAsync("999999", "p"));
        await RefusedAsync(RefusalKind.NotFound, () => Publications(County).Publish(
            Caller, new PublishCommand { RequestId = "p", Query = new TotalQuery { Tree = Line } }, default));
        await RefusedAsync(RefusalKind.Invalid, () => Silo.Publications(Key(County, "2017-13")).List(Caller, default));
    }

    private static CountedSubmission Of(Receipt receipt) => new(new SubmissionSource(receipt.Revision, "test-key", receipt.At), receipt.Hash);

    private IPublicationGrain Publications(string unit) => Silo.Publications(Key(unit));

    private Task<PublicationView> PublishAsync(
        string unit, string requestId, Scope scope = Scope.Region, Layer layer = Layer.Submitted) => Publications(unit).Publish(
            Caller, new PublishCommand { RequestId = requestId, Query = new TotalQuery { Scope = scope, Layer = layer } }, default);
}
