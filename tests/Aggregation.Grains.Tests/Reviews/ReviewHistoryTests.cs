using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Tests.Histories;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>
/// Random acts and edits, each refused or taken as a few lines say it must be, with activations and silos ending in
/// between; after every restart all totals in both layers are plain sums, and the journal's rows are what its streams say.
/// </summary>
public sealed class ReviewHistoryTests(ITestOutputHelper output, ClassSilo silo) : ReviewTest(silo)
{
    private static readonly string[] Units = [Province, City, CityOne, CityTwo, Institute, County, CountyOne, CountyTwo, Lonely];

    private readonly Dictionary<string, Report> _reports = Units.ToDictionary(unit => unit, _ => new Report());

    [Theory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public async Task History_Random_BothLayersAreTheOracles(int seed)
    {
        output.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(seed);
        for (var step = 0; step < 250; step++)
        {
            var unit = Units[random.Next(Units.Length)];
            var requestId = Text(step);
            switch (random.Next(20))
            {
                case 0:
                    await Silo.Gate.DeactivateAsync(Key(unit));
                    break;
                case 1 when step % 5 == 0:
                    await RestartAsync();
                    await RequireOracleAsync();
                    break;
                case < 8:
                    var value = random.Next(1000);
                    await TryAsync(unit, report => report.Submit(value), () => SubmitAsync(unit, requestId, value));
                    break;
                case 8:
                    await TryAsync(unit, report => report.Withdraw(), () => WithdrawAsync(unit, requestId));
                    break;
                default:
                    var act = (ReviewAct)random.Next(5);
                    await TryAsync(unit, report => report.Take(act), () => ActAsync(act, unit, requestId));
                    break;
            }
        }

        await RequireOracleAsync();
    }

    private async Task TryAsync(string unit, Func<Report, bool> expected, Func<Task<Receipt>> call)
    {
        // Acts on a report that was never filed name no revision, which is a fault of the request.
        var taken = expected(_reports[unit]);
        try
        {
            await call();
            Assert.True(taken);
        }
        catch (RefusedException refusal) when (refusal.Kind is RefusalKind.FailedPrecondition or RefusalKind.Invalid)
        {
            Assert.False(taken);
        }
    }

    private async Task RequireOracleAsync()
    {
        var journal = Silo.Services.GetRequiredService<IJournal>();
        foreach (var unit in Units)
        {
            var standing = await StandingAsync(unit);
            var report = _reports[unit];
            Assert.Equal((unit, report.IsLocked, report.IsSigned), (unit, standing.IsLocked, standing.IsSigned));
            if (standing.Version > 0)
            {
                await AwaitAsync(new Receipt
                {
                    Ledger = Key(unit), RequestId = "", Revision = standing.Version, At = default, Hash = "",
                });
            }
        }

        Assert.Equal(Sum(report => report.Submitted), await TotalAsync(Province));
        Assert.Equal(Sum(report => report.Accepted), await TotalAsync(Province, layer: Layer.Accepted));
        Assert.Equal(
            new Coverage(
                Units.Length, Count(report => report.Submitted is not null), Count(report => report.Accepted is not null),
                Count(report => report.IsReturned), 0),
            (await ViewAsync(Province)).Coverage);
        Assert.Empty(await Silo.Audit(new AuditKey(Tenant, "interaction", "2017")).Audit(CancellationToken.None));

        // Whoever throws the table away gets the same one back.
        var rows = await journal.ReadLatestAsync(Tenant, "interaction", "2017", Units, CancellationToken.None);
        foreach (var row in rows)
        {
            var entries = await journal.ReadStreamAsync(Tenant, Key(row.Unit).Stream, 0, CancellationToken.None);
            var folded = LatestRows.Fold(Key(row.Unit), entries)!;
            Assert.Equal(Convert.ToHexString(folded.State.Span), Convert.ToHexString(row.State.Span));
            Assert.Equal((folded.SubmittedDigest, folded.AcceptedDigest), (row.SubmittedDigest, row.AcceptedDigest));
        }
    }

    private long? Sum(Func<Report, long?> value) => _reports.Values.Any(report => value(report) is not null)
        ? _reports.Values.Sum(report => value(report) ?? 0)
        : null;

    private int Count(Func<Report, bool> condition) => _reports.Values.Count(condition);

    /// <summary>One report as its rules are meant.</summary>
    private sealed class Report
    {
        private bool _hasFiled;
        private bool _isAccepted;

        public long? Submitted { get; private set; }

        public long? Accepted { get; private set; }

        public bool IsReturned { get; private set; }

        public bool IsLocked { get; private set; }

        public bool IsSigned { get; private set; }

        private bool IsWaiting => _hasFiled && !IsReturned && !_isAccepted;

        public bool Submit(long value) => If(!IsLocked, () =>
            (_hasFiled, Submitted, IsReturned, _isAccepted, IsSigned) = (true, value, false, false, false));

        public bool Withdraw() => If(!IsLocked && _hasFiled, () =>
            (_hasFiled, Submitted, Accepted, IsReturned, _isAccepted, IsSigned) = (false, null, null, false, false, false));

        public bool Take(ReviewAct act) => act switch
        {
            ReviewAct.Accept => If(!IsLocked && IsWaiting, () => (Accepted, _isAccepted) = (Submitted, true)),
            ReviewAct.Return => If(!IsLocked && IsWaiting, () => (Submitted, IsReturned) = (Accepted, true)),
            ReviewAct.Sign => If(!IsLocked && _hasFiled && !IsReturned && !IsSigned, () => IsSigned = true),
            ReviewAct.Lock => If(!IsLocked && !IsWaiting, () => IsLocked = true),
            _ => If(Accepted is not null || IsLocked, () => (Accepted, _isAccepted, IsLocked) = (null, false, false)),
        };

        private static bool If(bool condition, Action then)
        {
            if (condition)
            {
                then();
            }

            return condition;
        }
    }
}
