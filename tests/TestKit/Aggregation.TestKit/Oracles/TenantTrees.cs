using System.Globalization;

namespace Aggregation.TestKit.Oracles;

/// <summary>
/// A tenant's trees, folded from what made them: imports and lists of changes, in their order. Shares no code with the product
/// and knows no rules: what the product took it is told to have been right.
/// </summary>
public sealed class TenantTrees
{
    public const string Territory = "territory";

    private const string Unallocated = "（未分配）";
    private const int MaxNameLength = 200;

    private readonly SortedDictionary<string, Dictionary<string, List<Stretch>>> _trees = new(StringComparer.Ordinal);

    /// <summary>How many imports and lists were folded: the product's number of the structure.</summary>
    public long Version { get; private set; }

    public IEnumerable<string> Names => _trees.Keys;

    public TenantTrees Copy()
    {
        var copy = new TenantTrees { Version = Version };
        foreach (var (name, units) in _trees)
        {
            copy._trees.Add(name, units.ToDictionary(unit => unit.Key, unit => unit.Value.ToList(), StringComparer.Ordinal));
        }

        return copy;
    }

    public PeriodTree At(string tree, DateOnly day) => new(
        _trees.GetValueOrDefault(tree, []).Values.SelectMany(stretches => stretches.Where(stretch => stretch.IsOn(day))));

    /// <summary>Days on which anything in any tree begins or ends.</summary>
    public IEnumerable<DateOnly> Days => _trees.Values
        .SelectMany(units => units.Values).SelectMany(stretches => stretches)
        .SelectMany(stretch => new[] { stretch.From, stretch.To }).OfType<DateOnly>().Distinct().Order();

    public bool Has(string tree, string unit) => _trees.GetValueOrDefault(tree, []).ContainsKey(unit);

    /// <summary>The unit as it is last.</summary>
    public Stretch Last(string tree, string unit) => _trees[tree][unit][^1];

    /// <summary>The units, as they are last, that end up under a unit and are there on a day or later.</summary>
    public IEnumerable<Stretch> Below(string tree, string unit, DateOnly from) => Below(_trees[tree], unit, from);

    /// <param name="csv">With the columns code, name, kind, level and parent, no quotes. A unit that is there is what its row says from its last day of change on. A row of a line without a kind is the unit of the territory.</param>
    public void Import(string tree, string csv)
    {
        Version++;
        if (!_trees.TryGetValue(tree, out var units))
        {
            units = new Dictionary<string, List<Stretch>>(StringComparer.Ordinal);
            _trees.Add(tree, units);
        }

        foreach (var row in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var fields = row.Split(',');
            if (fields is not [var code, var name, var kind, var level, var parent, ..] || fields[5..].Any(static day => day.Length > 0))
            {
                throw new InvalidDataException($"The row '{row}' of an import is not five columns and no days; the oracle knows no other.");
            }

            var own = kind.Length == 0 ? _trees[Territory][code][^1] : new Stretch(code, name, kind, level, "", null, null);
            if (units.TryGetValue(code, out var stretches))
            {
                stretches[^1] = own with { Parent = parent, From = stretches[^1].From, To = stretches[^1].To };
            }
            else
            {
                units.Add(code, [own with { Parent = parent, From = null, To = null }]);
            }
        }
    }

    /// <summary>Applies a list as one.</summary>
    public void Restructure(IEnumerable<ChangeLine> changes)
    {
        Version++;
        var split = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            Apply(change, DateOnly.ParseExact(change.From, "yyyy-MM-dd", CultureInfo.InvariantCulture), split);
        }
    }

    private void Apply(ChangeLine change, DateOnly from, HashSet<string> split)
    {
        var tree = _trees[change.Tree.Length == 0 ? Territory : change.Tree];
        switch (change.Change)
        {
            case "open":
                tree.Add(change.Unit, [new Stretch(change.Unit, change.Name, change.Kind, change.Level, change.Parent, from, null)]);
                break;
            case "move":
                Set(tree, change.Unit, from, unit => unit with { Parent = change.Parent });
                break;
            case "rename":
                SetEverywhere(change.Unit, from, unit => unit with { Name = change.Name });
                break;
            case "close":
                End(tree, change.Unit, from);
                break;
            case "merge":
                Receive(tree, change, from);
                GiveUp(tree, change, from);
                break;
            case "abolish":
                GiveUp(tree, change, from);
                break;
            case "split":
                Split(tree, change, from, isFirstPart: split.Add(change.Unit));
                break;
            default:
                throw new InvalidDataException($"A change of the kind '{change.Change}'; there are seven others.");
        }
    }

    /// <summary>Opens what takes over, unless it is there: beside the unit and of its kind.</summary>
    private static void Receive(Dictionary<string, List<Stretch>> tree, ChangeLine change, DateOnly from)
    {
        if (!tree.ContainsKey(change.Into))
        {
            var unit = tree[change.Unit][^1];
            var parent = change.Parent.Length == 0 ? unit.Parent : change.Parent;
            tree.Add(change.Into, [new Stretch(change.Into, change.Name, unit.Kind, unit.Level, parent, from, null)]);
        }
    }

    private static IEnumerable<Stretch> Below(Dictionary<string, List<Stretch>> tree, string unit, DateOnly from) =>
        tree.Values.Select(stretches => stretches[^1]).Where(last => last.Parent == unit && (last.To is null || last.To > from));

    private static void GiveUp(Dictionary<string, List<Stretch>> tree, ChangeLine change, DateOnly from)
    {
        var above = tree[change.Unit][^1].Parent;
        foreach (var child in Below(tree, change.Unit, from).ToList())
        {
            Set(tree, child.Code, from, unit => unit with { Parent = child.Code == change.Into ? above : change.Into });
        }

        End(tree, change.Unit, from);
    }

    private void Split(Dictionary<string, List<Stretch>> tree, ChangeLine change, DateOnly from, bool isFirstPart)
    {
        var name = tree[change.Unit][^1].Name;
        Receive(tree, change, from);
        foreach (var child in change.Children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(tree, child, from, unit => unit with { Parent = change.Into });
        }

        if (isFirstPart)
        {
            var stem = name[..Math.Min(name.Length, MaxNameLength - Unallocated.Length)];
            SetEverywhere(change.Unit, from, unit => unit with { Name = stem + Unallocated });
        }
    }

    private void SetEverywhere(string unit, DateOnly from, Func<Stretch, Stretch> change)
    {
        foreach (var tree in _trees.Values)
        {
            if (tree.TryGetValue(unit, out var stretches) && stretches.Exists(stretch => stretch.IsOn(from)))
            {
                Set(tree, unit, from, change);
            }
        }
    }

    private static void Set(Dictionary<string, List<Stretch>> tree, string unit, DateOnly from, Func<Stretch, Stretch> change)
    {
        var stretches = tree[unit];
        var last = stretches[^1];
        if (last.From == from)
        {
            stretches[^1] = change(last);
        }
        else
        {
            stretches[^1] = last with { To = from };
            stretches.Add(change(last) with { From = from });
        }
    }

    private static void End(Dictionary<string, List<Stretch>> tree, string unit, DateOnly from)
    {
        var stretches = tree[unit];
        if (stretches[^1].From == from && stretches.Count > 1)
        {
            stretches.RemoveAt(stretches.Count - 1);
        }

        stretches[^1] = stretches[^1] with { To = from };
    }
}
