namespace Aggregation.Domain.Structure.Changes;

/// <summary>
/// Where in the tree of one day each unit's figures belong that the tree ever had: at itself while it is in force; else at
/// its successor; else, where nobody took over, at the unit that it was under. So no figure is lost or counted twice.
/// </summary>
public sealed class Homes
{
    private readonly Dictionary<string, string> homes = new(StringComparer.Ordinal);

    internal Homes(Tree tree, TreeView view)
    {
        foreach (var unit in tree.Units)
        {
            if (!homes.ContainsKey(unit.Code) && Find(tree, view, unit.Code) is { } home)
            {
                homes.Add(unit.Code, home);
            }
        }
    }

    /// <summary>The unit that stands for a unit on the day; null for a unit that the tree never had or that left no heir.</summary>
    public string? Of(string code) => homes.GetValueOrDefault(code);

    /// <summary>The units whose home is one of these.</summary>
    public IEnumerable<string> At(IReadOnlySet<string> units) => homes.Where(home => units.Contains(home.Value)).Select(home => home.Key);

    private static string? Find(Tree tree, TreeView view, string code)
    {
        // A chain of successors and parents may come back to where it began when several changes cross.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? unit = code;
        while (unit is not null && seen.Add(unit))
        {
            if (view.TryFind(unit, out _))
            {
                return unit;
            }

            var stretches = tree.Stretches(unit);
            unit = stretches.IsEmpty ? null : stretches[^1].Successor ?? stretches[^1].Parent;
        }

        return null;
    }
}
