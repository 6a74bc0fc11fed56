using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Periods;

/// <summary>
/// Several periods that follow each other as one, by the rule of each cell's kind. Every rule is linear, so that the order
/// does not matter: over time first, or over the tree first.
/// </summary>
public static class OverTime
{
    /// <summary>
    /// The totals of consecutive periods as one. A flow is the sum of the periods that gave it, and its count the number of
    /// reports that did. A stock or closing stock is the last period's and an opening stock the first's, and is empty where
    /// that period did not give it, whatever the others say: empty is not zero, and an older state is not the state at the end.
    /// </summary>
    /// <param name="periods">One total for each period, in order; at least one.</param>
    /// <exception cref="ArgumentException">There is no period, or a total is of another layout.</exception>
    /// <exception cref="OverflowException">A sum exceeds 64 bits.</exception>
    public static Totals Combine(Form form, IReadOnlyList<Totals> periods)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(periods);
        if (periods.Count == 0)
            throw new ArgumentException("There is no period to combine.", nameof(periods));
        var flows = new Sums(form.Cells.Length);
        foreach (var period in periods)
            flows.Add(period);
        return Totals.Of(form.Cells.Length, Cells(form, periods, flows));
    }

    private static IEnumerable<(int Index, long Sum, int Count)> Cells(Form form, IReadOnlyList<Totals> periods, Sums flows)
    {
        foreach (var cell in form.Cells)
        {
            var i = cell.Index;
            var (sum, count) = cell.Kind switch
            {
                CellKind.Flow => (flows[i], flows.CountOf(i)),
                CellKind.OpeningStock => (periods[0][i], periods[0].CountOf(i)),
                _ => (periods[^1][i], periods[^1].CountOf(i)),
            };
            if (count > 0)
                yield return (i, sum, count);
        }
    }
}
