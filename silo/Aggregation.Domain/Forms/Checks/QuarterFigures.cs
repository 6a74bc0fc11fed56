using Aggregation.Domain.Figures;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>What a unit filed for the quarters of a year, as one.</summary>
/// <param name="YearToDate">Flows summed over the quarters filed; of stocks the fourth quarter's, of opening stocks the first's.</param>
/// <param name="Filed">How many quarters were filed, 1 to 4.</param>
public sealed record QuarterFigures(Totals YearToDate, int Filed)
{
    /// <summary>Whether the whole year is there, so that the yearly figure must be the same.</summary>
    public bool IsComplete => Filed == 4;

    /// <param name="quarters">The four quarters in order; null: not filed.</param>
    /// <returns>Null where no quarter was filed.</returns>
    /// <exception cref="ArgumentException">There are not four, or one is of another layout.</exception>
    public static QuarterFigures? Of(Form form, IReadOnlyList<Figures.Figures?> quarters)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(quarters);
        if (quarters.Count != 4)
            throw new ArgumentException($"A year has 4 quarters, not {quarters.Count}.", nameof(quarters));
        var filed = quarters.Count(quarter => quarter is not null);
        return filed == 0 ? null : new QuarterFigures(
            OverTime.Combine(form, [.. quarters.Select(quarter => quarter is null ? Totals.Empty(form.Cells.Length) : Totals.Of(quarter))]),
            filed);
    }
}
