using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>What the same unit filed on the same form for other periods, as far as checks compare with it.</summary>
/// <param name="LastYear">For the same period a year earlier; null where it filed nothing.</param>
/// <param name="Quarters">For the quarters of the year, where the period is a year; null where it filed none.</param>
internal sealed record EarlierReports(Figures? LastYear, QuarterFigures? Quarters)
{
    public static EarlierReports None { get; } = new(null, null);

    /// <summary>The periods to read for <see cref="Read"/>.</summary>
    public static string[] PeriodsOf(LedgerFrame frame) =>
        [frame.Period.SamePeriodLastYear.ToString(), .. QuartersOf(frame).Select(quarter => quarter.ToString())];

    /// <param name="rows">What the unit counts for those periods, in any order; others are passed over.</param>
    public static EarlierReports Read(LedgerFrame frame, IReadOnlyList<LatestRow> rows)
    {
        var quarters = QuartersOf(frame);
        return new EarlierReports(
            Submitted(frame, rows, frame.Period.SamePeriodLastYear),
            quarters.Length == 0 ? null : QuarterFigures.Of(frame.Form, [.. quarters.Select(quarter => Submitted(frame, rows, quarter))]));
    }

    private static ImmutableArray<Period> QuartersOf(LedgerFrame frame) =>
        frame.Period.Kind == PeriodKind.Year && frame.Form.Periods.Contains(PeriodKind.Quarter)
            ? Period.OfQuarter(frame.Period.Year, 4).YearToDate
            : [];

    private static Figures? Submitted(LedgerFrame frame, IReadOnlyList<LatestRow> rows, Period period)
    {
        var text = period.ToString();
        var row = rows.FirstOrDefault(row => row.Period == text);
        var submitted = row is null ? null : OwnFigures.Unpack(row.State).Submitted;
        return submitted is null ? null
            : submitted.Nil ? Figures.Empty(frame.Cells)
            : Figures.Unpack(submitted.Packed.Span);
    }
}
