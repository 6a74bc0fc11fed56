namespace Aggregation.Domain.Structure;

/// <summary>
/// How many of some units a tree has at and under each unit, with one running count over the pre-order, so that every
/// answer is one or a few subtractions. Methods throw <see cref="KeyNotFoundException"/> for a unit that is not in force.
/// </summary>
public sealed class UnitCounts
{
    private readonly TreeView view;
    private readonly int[] before;

    /// <param name="view">The tree.</param>
    /// <param name="isCounted">Whether the unit of this code is one of them.</param>
    public UnitCounts(TreeView view, Func<string, bool> isCounted)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(isCounted);
        this.view = view;
        before = new int[view.Count + 1];
        var place = 0;
        foreach (var unit in view.PreOrder())
        {
            before[place + 1] = before[place] + (isCounted(unit.Code) ? 1 : 0);
            place++;
        }
    }

    /// <summary>1 or 0: the unit itself.</summary>
    public int Own(string code)
    {
        var (place, _) = view.StretchOf(code);
        return before[place + 1] - before[place];
    }

    /// <summary>本级 Level: itself and the subtrees of its departments and institutions.</summary>
    public int Level(string code)
    {
        var count = Own(code);
        foreach (var child in view.ChildrenOf(code))
        {
            count += child.Kind == UnitKind.Government ? 0 : Region(child.Code);
        }

        return count;
    }

    /// <summary>全口径 Region: the subtree, itself included.</summary>
    public int Region(string code)
    {
        var (place, end) = view.StretchOf(code);
        return before[end] - before[place];
    }
}
