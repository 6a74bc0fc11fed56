using System.Collections.Immutable;

namespace Aggregation.Domain.Structure.Changes;

/// <summary>Which units' reports leave which totals when a tree changes, for a period that ends on one day.</summary>
public static class TotalsLost
{
    /// <summary>
    /// For each unit whose report leaves a total, the codes of the units whose totals 全口径 or 本级 it leaves, itself included, from below. Where the unit of
    /// a total is no more, its successor's total stands for it.
    /// </summary>
    /// <param name="before">The tree now.</param>
    /// <param name="after">The tree then.</param>
    /// <param name="heirs">Who takes over by the tree then.</param>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Between(TreeView before, TreeView after, Homes heirs)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(heirs);
        var lost = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (ReferenceEquals(before, after))
        {
            return lost;
        }

        foreach (var unit in before.PreOrder())
        {
            var then = TotalsOf(after, unit.Code).ToHashSet();
            var left = TotalsOf(before, unit.Code).Where(total => heirs.Of(total.Unit) is not { } heir || !then.Contains(total with { Unit = heir }));
            var units = left.Select(total => total.Unit).Distinct(StringComparer.Ordinal).ToImmutableArray();
            if (!units.IsEmpty)
            {
                lost.Add(unit.Code, units);
            }
        }

        return lost;
    }

    /// <summary>The totals that take a unit in: of itself and of each unit above it, and which of them at its level.</summary>
    private static IEnumerable<(string Unit, bool IsLevel)> TotalsOf(TreeView view, string code)
    {
        if (!view.TryFind(code, out var below))
        {
            yield break;
        }

        yield return (code, false);
        yield return (code, true);
        for (var above = view.ParentOf(code); above is not null; (below, above) = (above, view.ParentOf(above.Code)))
        {
            yield return (above.Code, false);
            if (below.Kind != UnitKind.Government)
            {
                yield return (above.Code, true);
            }
        }
    }
}
