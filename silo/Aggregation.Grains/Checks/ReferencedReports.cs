using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Checks;

/// <summary>
/// Other reports of a unit that rules name, as they count now. Read when a rule names one and at no other time: forms and offices without
/// such rules pay nothing.
/// </summary>
internal sealed class ReferencedReports(LatestRows latest, FormCatalog forms)
{
    /// <summary>Reports on other forms that these checks, beside the form's own, read.</summary>
    public static ImmutableArray<CellSource> OtherForms(Form form, ImmutableArray<Check> office)
    {
        List<CellSource>? sources = null;
        foreach (var check in office)
        {
            foreach (var source in check.Sources)
            {
                if (source.Form is not null)
                {
                    (sources ??= [.. form.References]).Add(source);
                }
            }
        }

        return sources is null ? form.References : [.. sources.Distinct()];
    }

    /// <summary>What one unit filed of them; those that it did not are left out. Null where none is wanted.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask<IReadOnlyDictionary<CellSource, ICellValues>?> ReadAsync(
        LedgerFrame frame, ImmutableArray<CellSource> sources, CancellationToken cancellation)
    {
        if (sources.IsEmpty)
        {
            return null;
        }

        var reports = new Dictionary<(string Form, string Period), OwnRevision>();
        foreach (var ofForm in sources.GroupBy(source => FormOf(frame, source).Id, StringComparer.Ordinal))
        {
            string[] periods = [.. ofForm.SelectMany(source => PeriodsOf(frame, source)).Select(period => period.ToString()).Distinct()];
            foreach (var row in await latest.ReadAsync(frame.Key.Tenant, ofForm.Key, periods, frame.Key.Unit, cancellation))
            {
                Keep(reports, (ofForm.Key, row.Period), row);
            }
        }

        return Of(frame, sources, (form, period) => reports.GetValueOrDefault((form.Id, period.ToString())));
    }

    /// <summary>What each of many units filed of them, by unit; who filed none is left out.</summary>
    /// <inheritdoc cref="ReadAsync(LedgerFrame, ImmutableArray{CellSource}, CancellationToken)"/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<CellSource, ICellValues>>> ReadAsync(
        LedgerFrame frame, ImmutableArray<CellSource> sources, string[] units, CancellationToken cancellation)
    {
        var reports = new Dictionary<(string Form, string Period, string Unit), OwnRevision>();
        var wanted = sources.SelectMany(source => PeriodsOf(frame, source).Select(period => (Form: FormOf(frame, source).Id, Period: period.ToString())));
        foreach (var (form, period) in wanted.Distinct())
        {
            foreach (var row in await latest.ReadAsync(frame.Key.Tenant, form, period, units, cancellation))
            {
                Keep(reports, (form, period, row.Unit), row);
            }
        }

        return reports.Keys.Select(key => key.Unit).Distinct().ToDictionary<string, string, IReadOnlyDictionary<CellSource, ICellValues>>(
            unit => unit,
            unit => Of(frame, sources, (form, period) => reports.GetValueOrDefault((form.Id, period.ToString(), unit))),
            StringComparer.Ordinal);
    }

    private static void Keep<TKey>(Dictionary<TKey, OwnRevision> reports, TKey key, LatestRow row)
        where TKey : notnull
    {
        if (CountingCodec.Unpack(row.State).Submitted is { } submitted)
        {
            reports[key] = submitted;
        }
    }

    private Dictionary<CellSource, ICellValues> Of(
        LedgerFrame frame, IEnumerable<CellSource> sources, Func<Form, Period, OwnRevision?> find)
    {
        var found = new Dictionary<CellSource, ICellValues>();
        foreach (var source in sources)
        {
            var form = FormOf(frame, source);
            List<Figures?> figures = [.. PeriodsOf(frame, source).Select(period => find(form, period)?.ToFigures(form.Cells.Length))];
            var values = source.Period != SourcePeriod.Quarters ? figures[0]
                : figures.Count == 4 && QuarterFigures.Of(form, figures) is { IsComplete: true } quarters ? quarters.YearToDate
                : (ICellValues?)null;
            if (values is not null)
            {
                found.Add(source, values);
            }
        }

        return found;
    }

    private Form FormOf(LedgerFrame frame, CellSource source) => source.Form is { } other ? forms.Get(other) : frame.Form;

    /// <summary>None where quarters are asked for and the period is not a year.</summary>
    private static ImmutableArray<Period> PeriodsOf(LedgerFrame frame, CellSource source) => source.Period switch
    {
        SourcePeriod.LastYear => [frame.Period.SamePeriodLastYear],
        SourcePeriod.Quarters => frame.Period.Kind == PeriodKind.Year ? Period.OfQuarter(frame.Period.Year, 4).YearToDate : [],
        _ => [frame.Period],
    };
}
