using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Periods;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Checks;

/// <summary>What the same unit filed on the same form for other periods, as far as checks compare with it.</summary>
/// <param name="LastYear">For the same period a year earlier; null where it filed nothing.</param>
/// <param name="Quarters">For the quarters of the year, where the period is a year; null where it filed none.</param>
/// <param name="History">How far its figures for the periods before lie apart; null where the form does not look for outliers there.</param>
internal sealed record EarlierReports(Figures? LastYear, QuarterFigures? Quarters, OutlierSample? History)
{
    public static EarlierReports None { get; } = new(null, null, null);

    /// <summary>The periods to read for <see cref="Read"/>, each once.</summary>
    public static string[] PeriodsOf(LedgerFrame frame) =>
    [
        .. HistoryOf(frame).Concat(QuartersOf(frame)).Prepend(frame.Period.SamePeriodLastYear)
            .Select(period => period.ToString()).Distinct(StringComparer.Ordinal),
    ];

    /// <param name="rows">What the unit counts for those periods, in any order; others are passed over.</param>
    public static EarlierReports Read(LedgerFrame frame, IReadOnlyList<LatestRow> rows)
    {
        var quarters = QuartersOf(frame);
        return new EarlierReports(
            Submitted(frame, rows, frame.Period.SamePeriodLastYear),
            quarters.Length == 0 ? null : QuarterFigures.Of(frame.Form, [.. quarters.Select(quarter => Submitted(frame, rows, quarter))]),
            frame.Form.Outliers is { History: not null } rules
                ? OutlierSample.Of(rules, [.. HistoryOf(frame).Select(period => Submitted(frame, rows, period)).OfType<Figures>()])
                : null);
    }

    private static IEnumerable<Period> HistoryOf(LedgerFrame frame)
    {
        var period = frame.Period;
        for (var left = frame.Form.Outliers?.History?.Periods ?? 0; left > 0; left--)
        {
            period = period.Previous;
            yield return period;
        }
    }

    private static ImmutableArray<Period> QuartersOf(LedgerFrame frame) =>
        frame.Period.Kind == PeriodKind.Year && frame.Form.Periods.Contains(PeriodKind.Quarter)
            ? Period.OfQuarter(frame.Period.Year, 4).YearToDate
            : [];

    private static Figures? Submitted(LedgerFrame frame, IReadOnlyList<LatestRow> rows, Period period)
    {
        var text = period.ToString();
        var row = rows.FirstOrDefault(row => row.Period == text);
        return row is null ? null : CountingCodec.Unpack(row.State).Submitted?.ToFigures(frame.Cells);
    }
}
