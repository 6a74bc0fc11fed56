using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Answers with the query it got and one period.</summary>
internal sealed class FakeYearToDate(LedgerKey key) : IYearToDateGrain
{
    public Task<YearToDateView> GetTotal(Caller caller, TotalQuery query, AsOf? asOf, CancellationToken cancellation) => Task.FromResult(new YearToDateView
    {
        Ledger = key,
        AsOf = asOf,
        Query = query,
        UnitName = $"unit {key.Unit} of {caller.Tenant}",
        Digest = new string('1', 32),
        Cells = [new CellTotal("1.1", new Amount(7, 500_000_000), 3)],
        Derived = [new DerivedFigure("rate", null)],
        Periods =
        [
            new PeriodTotal
            {
                Period = "2017Q1",
                Coverage = new Coverage(5, 4, 3, 2, 1),
                Digest = new string('2', 32),
                Version = new LedgerVersion(6, 7),
                StructureVersion = 8,
            },
        ],
    });
}
