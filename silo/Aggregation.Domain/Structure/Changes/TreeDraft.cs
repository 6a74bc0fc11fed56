namespace Aggregation.Domain.Structure.Changes;

/// <summary>A tree that is being changed. The tree itself stays as it is.</summary>
internal sealed class TreeDraft(string name, Tree tree)
{
    private readonly Dictionary<string, List<Unit>> changed = new(StringComparer.Ordinal);
    private readonly List<string> added = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private Dictionary<string, HashSet<string>>? below;

    public string Name => name;

    public bool IsChanged => changed.Count > 0;

    /// <summary>Units that were split, with the line of the first part.</summary>
    public Dictionary<string, int> Split { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the tree has or ever had the unit.</summary>
    public bool Has(string code) => !Stretches(code).IsEmpty;

    /// <summary>The unit as it is on a day; null when it is not in force.</summary>
    public Unit? On(string code, DateOnly day)
    {
        foreach (var stretch in Stretches(code))
        {
            if (stretch.IsInForce(day))
            {
                return stretch;
            }
        }

        return null;
    }

    /// <summary>The unit as it is last, its last stretch.</summary>
    public Unit Last(string code) => Stretches(code)[^1];

    /// <summary>The line of the last change that touched a unit; 0 where none did.</summary>
    public int LineOf(string code) => lines.GetValueOrDefault(code);

    /// <summary>Codes of the units that are directly below after the last change of each, and in force on a day or later.</summary>
    public List<string> Below(string code, DateOnly day) => Index().TryGetValue(code, out var found)
        ? [.. found.Where(child => Last(child).To is not { } end || end > day).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A new unit at the end of the tree.</summary>
    public void Add(int line, Unit unit)
    {
        changed.Add(unit.Code, [unit]);
        added.Add(unit.Code);
        lines[unit.Code] = line;
        Under(unit.Parent)?.Add(unit.Code);
    }

    /// <summary>Changes a unit from a day on, which lies in its last stretch.</summary>
    public void Set(int line, string code, DateOnly from, Func<Unit, Unit> change)
    {
        var stretches = Mutable(code);
        var last = stretches[^1];
        Under(last.Parent)?.Remove(code);
        var after = change(last with { From = from });
        if (last.From == from)
        {
            stretches[^1] = after;
        }
        else
        {
            stretches[^1] = last with { To = from };
            stretches.Add(after);
        }

        lines[code] = line;
        Under(after.Parent)?.Add(code);
    }

    /// <summary>Takes a unit out from a day on, which lies in its last stretch.</summary>
    public void End(int line, string code, DateOnly from, string? successor)
    {
        var stretches = Mutable(code);
        var last = stretches[^1];
        Under(last.Parent)?.Remove(code);
        if (last.From == from && stretches.Count > 1)
        {
            // What was changed on the very day on which it ends never was.
            stretches.RemoveAt(stretches.Count - 1);
            last = stretches[^1];
        }

        stretches[^1] = last with { To = from, Successor = successor };
        lines[code] = line;
        Under(last.Parent)?.Add(code);
    }

    public Tree Build() => tree.With(changed, added);

    private ReadOnlySpan<Unit> Stretches(string code) => changed.TryGetValue(code, out var stretches)
        ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stretches)
        : tree.Stretches(code);

    private List<Unit> Mutable(string code)
    {
        if (!changed.TryGetValue(code, out var stretches))
        {
            stretches = [.. tree.Stretches(code)];
            changed.Add(code, stretches);
        }

        return stretches;
    }

    private HashSet<string>? Under(string? parent)
    {
        if (parent is null)
        {
            return null;
        }

        var index = Index();
        if (!index.TryGetValue(parent, out var found))
        {
            found = new HashSet<string>(StringComparer.Ordinal);
            index.Add(parent, found);
        }

        return found;
    }

    private Dictionary<string, HashSet<string>> Index()
    {
        if (below is not null)
        {
            return below;
        }

        below = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var code in tree.Units.Select(unit => unit.Code).Concat(added).Distinct(StringComparer.Ordinal))
        {
            Under(Last(code).Parent)?.Add(code);
        }

        return below;
    }
}
