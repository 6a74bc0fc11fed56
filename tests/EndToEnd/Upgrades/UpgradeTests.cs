using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace Aggregation.EndToEnd.Upgrades;

/// <summary>
/// Journals that earlier versions of the program wrote, one folder for each schema, with the totals that those versions answered.
/// A new schema brings a new folder; one that was written once is never written again.
/// </summary>
public sealed class UpgradeTests
{
    private const string Department = "620101-S02";
    private const string Locked = "620101-S01";

    public static TheoryData<string> Schemas =>
        [.. Directory.GetDirectories(Fixtures).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string Fixtures => Path.Combine(AppContext.BaseDirectory, "Upgrades");

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Upgrade_AnEarlierJournal_GivesTheSameTotalsAndGoesOn(string schema)
    {
        using var data = new TemporaryFolder();
        Restore(schema, data.Path);
        var (read, submit, administer) = (Text(schema, "read.key"), Text(schema, "submit.key"), Text(schema, "admin.key"));

        await using (var host = await StandaloneHost.StartAsync(data.Path))
        {
            using var api = new Api(host.Address);
            foreach (var line in Text(schema, "totals.jsonl").Split('\n'))
            {
                var before = Total.Parser.ParseJson(line);
                var now = await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = before.Selector }, Api.With(read));
                Assert.Equal(What(before), What(now));
            }

            Assert.Empty(await AuditAsync(api, administer));
            await SubmitAsync(api, submit, Department, visits: 8);
        }

        // What was written on top of it is there after a start without an upgrade.
        await using var again = await StandaloneHost.StartAsync(data.Path);
        using var after = new Api(again.Address);
        var total = await after.Rollups.GetTotalAsync(new GetTotalRequest { Total = Selector(Department) }, Api.With(read));
        Assert.Equal(8, Assert.Single(total.Cells, cell => cell.Code == "1.1").Amount.Units);
        Assert.Empty(await AuditAsync(after, administer));
    }

    [Fact]
    public async Task Upgrade_ALockOfAnEarlierVersion_StillForbids()
    {
        using var data = new TemporaryFolder();
        Restore("schema-2", data.Path);
        await using var host = await StandaloneHost.StartAsync(data.Path);
        using var api = new Api(host.Address);

        var refused = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(api, Text("schema-2", "submit.key"), Locked, visits: 1));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
    }

    private static void Restore(string schema, string folder)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False");
        database.Open();
        using var dump = database.CreateCommand();
#pragma warning disable CA2100 // The dump is a file of this test.
        dump.CommandText = Text(schema, "journal.sql");
#pragma warning restore CA2100
        dump.ExecuteNonQuery();
    }

    private static string Text(string schema, string file) => File.ReadAllText(Path.Combine(Fixtures, schema, file)).Trim();

    /// <summary>What a total says, without what is numbered anew by each start.</summary>
    private static string What(Total total) => JsonFormatter.Default.Format(new Total
    {
        Selector = total.Selector,
        UnitName = total.UnitName,
        StructureVersion = total.StructureVersion,
        Coverage = new Coverage
        {
            Expected = total.Coverage.Expected,
            Submitted = total.Coverage.Submitted,
            Accepted = total.Coverage.Accepted,
            Returned = total.Coverage.Returned,
            Nil = total.Coverage.Nil,
        },
        Digest = total.Digest,
        Cells = { total.Cells },
        Derived = { total.Derived },
    });

    private static TotalSelector Selector(string unit) => new()
    {
        Unit = unit, Form = Figures.Form, Period = Figures.Period, Scope = Scope.Region, Layer = Layer.Submitted,
    };

    private static async Task SubmitAsync(Api api, string key, string unit, long visits)
    {
        var cells = new Dictionary<string, long> { ["1.1"] = visits, ["1.2"] = visits };
        var receipt = await api.Submissions.SubmitAsync(Figures.ToRequest(unit, $"after-{unit}", cells), Api.With(key));
        Assert.True(receipt.Revision > 1, $"Revision {receipt.Revision} does not follow the earlier version's.");
    }

    /// <returns>What an audit of everything found: faults of the chain, and totals that drift.</returns>
    private static async Task<List<string>> AuditAsync(Api api, string key)
    {
        using var audit = api.Admin.Audit(new AuditRequest(), Api.With(key));
        var found = new List<string>();
        var entries = 0L;
        while (await audit.ResponseStream.MoveNext(CancellationToken.None))
        {
            var progress = audit.ResponseStream.Current;
            entries = progress.Entries;
            found.AddRange(progress.Faults.Select(fault => fault.ToString()));
            found.AddRange(progress.Drifts.Select(drift => drift.ToString()));
        }

        Assert.True(entries >= 10, $"Only {entries} entries were audited.");
        return found;
    }
}
