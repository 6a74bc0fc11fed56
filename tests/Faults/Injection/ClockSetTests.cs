using Aggregation.JumpingClock;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Injection;

/// <summary>A machine whose clock a person or a time server sets while the server runs.</summary>
public sealed class ClockSetTests
{
    private static readonly UnitTree Tree = new(cities: 2, countiesPerCity: 2, departmentsPerCity: 2);

    /// <summary>All of them further than any ledger is kept while nobody asks for it.</summary>
    public static TheoryData<TimeSpan> Steps => new() { TimeSpan.FromHours(-30), TimeSpan.FromDays(-800), TimeSpan.FromDays(800) };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Submit_AfterTheClockWasSet_WakesLedgersAndRecordsTheTimeThatIsSet(TimeSpan step)
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        using var clock = new ClockFile(Path.Combine(folder.Path, "clock"));
        await using var host = await StandaloneHost.StartAsync(data, clock.Settings);
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data, "clocks", Tree);

        // There and back, and each time ledgers of another period wake.
        foreach (var (period, offset) in new[] { ("2017", step), ("2018", TimeSpan.Zero) })
        {
            clock.Offset = offset;
            foreach (var unit in Tree.All)
            {
                var request = Figures.ToRequest(unit.Code, $"{unit.Code}-{period}", new Dictionary<string, long> { ["3.2"] = 1 });
                request.Period = period;
                var before = Now(offset);
                var receipt = await api.Submissions.SubmitAsync(request, Api.With(tenant.SubmitKey));
                Assert.InRange(receipt.At.ToDateTimeOffset(), before, Now(offset));
            }

            Assert.Equal(Tree.All.Count, await RootAsync(api, tenant, period));
        }
    }

    /// <summary>The sum at the root, once every unit is in it.</summary>
    private static async Task<long> RootAsync(Api api, TestTenant tenant, string period)
    {
        var root = new TotalSelector
        {
            Unit = UnitTree.Root, Form = Figures.Form, Period = period, Scope = Scope.Region, Layer = Layer.Submitted,
        };
        using var watch = api.Rollups.Watch(new WatchRequest { Total = root }, Api.With(tenant.ReadKey));
        await foreach (var total in watch.ResponseStream.ReadAllAsync())
        {
            if (total.Coverage.Submitted == Tree.All.Count)
            {
                return Assert.Single(total.Cells).Amount.Units;
            }
        }

        throw new InvalidOperationException("The watch ended.");
    }

    /// <summary>In milliseconds, as entries have it.</summary>
    private static DateTimeOffset Now(TimeSpan offset) =>
        DateTimeOffset.FromUnixTimeMilliseconds((TimeProvider.System.GetUtcNow() + offset).ToUnixTimeMilliseconds());
}
