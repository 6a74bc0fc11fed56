using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Answers with what it was asked, one point a period.</summary>
internal sealed class FakeSeries(LedgerKey key) : ISeriesGrain
{
    public Task<SeriesView> GetSeries(Caller caller, SeriesQuery query) => Task.FromResult(new SeriesView
    {
        Mode = query.Mode,
        On = query.On,
        StructureVersion = 9,
        Points =
        [
            .. query.Periods.Select(period => new SeriesPoint
            {
                Period = period,
                InForce = true,
                UnitName = $"{key.Unit} of {caller.Tenant}: {query.Total.Tree} {query.Total.Scope} {query.Total.Layer}",
                Coverage = new Coverage(5, 4, 3, 2, 1),
                Digest = new string('1', 32),
                Cells = [new CellTotal("1.1", new Amount(7, 0), 3)],
                Derived = [new DerivedFigure("rate", null)],
            }),
        ],
    });
}
