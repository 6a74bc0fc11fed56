using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>What the checks of one report look at. What is not known is left out; checks that need it do not apply.</summary>
/// <param name="Cells">The figures of the report, or a total.</param>
/// <param name="Period">The period they are for.</param>
public readonly record struct CheckInput(ICellValues Cells, Period Period)
{
    /// <summary>The same unit's figures for <see cref="Period.SamePeriodLastYear"/>.</summary>
    public ICellValues? SamePeriodLastYear { get; init; }

    /// <summary>The same unit's quarters of the year, where <see cref="Period"/> is a year.</summary>
    public QuarterFigures? Quarters { get; init; }

    /// <summary>The same unit's other reports that rules name; those of this form may also be the two above.</summary>
    public IReadOnlyDictionary<CellSource, ICellValues>? Others { get; init; }

    /// <summary>How far the same unit's earlier periods lie apart, where the form looks for outliers there.</summary>
    public OutlierSample? History { get; init; }

    /// <summary>How far the reports of the units beside it lie apart, where the form looks for outliers there.</summary>
    public OutlierSample? Peers { get; init; }

    /// <summary>What the units below have filed for the period, where the unit is asked not to file their sum.</summary>
    public SumsBelow? Below { get; init; }

    /// <summary>Figures that the report's text states, in the cells they belong to.</summary>
    public ICellValues? Narrative { get; init; }

    /// <summary>The day of filing: the date that the report bears or the day on which it is filed, whichever is earlier.</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>What a rule reads there; null: not known, or for quarters not all of them.</summary>
    internal ICellValues? Of(CellSource source) => Others?.GetValueOrDefault(source) ?? source switch
    {
        { Form: not null } => null,
        { Period: SourcePeriod.LastYear } => SamePeriodLastYear,
        { Period: SourcePeriod.Quarters } => Quarters is { IsComplete: true } quarters ? quarters.YearToDate : null,
        _ => Cells,
    };
}
