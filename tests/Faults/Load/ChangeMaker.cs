using System.Globalization;
using Aggregation.ServerKit.Clients;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Faults.Load;

/// <summary>
/// Makes lists of changes of a tenant's structure from its random numbers and the structure alone. Most lists keep every rule;
/// some do not, and must be refused as a whole.
/// </summary>
internal sealed class ChangeMaker(string tenant, Random random)
{
    private const int Fewest = 18;
    private const int Most = 30;
    private const int Tries = 200;

    /// <summary>The first changes both periods of the load, the second the later one, the third none.</summary>
    private static readonly string[] Days = ["2017-07-01", "2018-04-01", "2019-01-01"];

    private static readonly string[] Ranks = ["", "province", "city", "county"];

    private int _made;

    /// <summary>One change or a few that belong together.</summary>
    public IReadOnlyList<ChangeLine> Next(TenantTrees structure)
    {
        var mayBreakRules = random.Next(12) == 0;
        var list = new List<ChangeLine>();
        var after = structure;
        var wanted = random.Next(1, 4);
        for (var tries = 0; list.Count < wanted && (list.Count == 0 || tries < Tries); tries++)
        {
            var change = Change(after);
            if (After(after, change) is { } next)
            {
                list.Add(change);
                after = next;
            }
            else if (mayBreakRules)
            {
                list.Add(change);
                break;
            }
        }

        return list;
    }

    /// <summary>The structure after a change; null if that breaks a rule.</summary>
    private static TenantTrees? After(TenantTrees structure, ChangeLine change)
    {
        var from = DateOnly.ParseExact(change.From, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        string[] touched = [change.Unit, .. change.Children.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var isNew = change.Change == "open";
        if (isNew == structure.Has(change.Tree, change.Unit) || (!isNew && !touched.All(unit => IsOpenTo(structure, change, unit, from))))
        {
            return null;
        }

        var next = structure.Copy();
        next.Restructure([change]);
        return IsSound(next, from) ? next : null;
    }

    /// <summary>Whether a unit is in force on the day and has not changed since, in every tree that the change is about.</summary>
    private static bool IsOpenTo(TenantTrees structure, ChangeLine change, string unit, DateOnly from) => structure.Names
        .Where(tree => tree == change.Tree || (change.Change is "rename" or "split" && structure.At(tree, from).Has(unit)))
        .All(tree => structure.Has(tree, unit) && structure.Last(tree, unit) is var last
            && last.IsOn(from) && !(last.From > from) && ChildrenAreOpen(structure, change, tree, unit, from));

    private static bool ChildrenAreOpen(TenantTrees structure, ChangeLine change, string tree, string unit, DateOnly from) =>
        change.Change switch
        {
            "merge" or "abolish" => change.Into != unit && !structure.Below(tree, unit, from).Any(child => child.From > from),
            "close" => !structure.Below(tree, unit, from).Any(),
            "split" => change.Into != unit,
            _ => true,
        };

    /// <summary>On every day from the change on, each unit's parent is in force, and a government's is a higher one.</summary>
    private static bool IsSound(TenantTrees structure, DateOnly from) => structure.Names.All(name =>
        structure.Days.Where(day => day > from).Prepend(from).All(day =>
        {
            var tree = structure.At(name, day);
            return tree.All.All(unit => unit.Parent.Length == 0 || (tree.Has(unit.Parent) && MayBeUnder(unit, tree[unit.Parent])))
                && tree.Roots.Sum(root => tree.Region(root).Count()) == tree.All.Count
                && tree.Roots.Count() == 1;
        }));

    private static bool MayBeUnder(Stretch unit, Stretch parent) => !unit.IsGovernment
        || (parent.IsGovernment && Array.IndexOf(Ranks, unit.Level) > Array.IndexOf(Ranks, parent.Level));

    private ChangeLine Change(TenantTrees structure)
    {
        var tree = random.Next(4) == 0 ? World.Line : TenantTrees.Territory;
        var day = random.Next(24) switch { 0 => 2, 1 or 2 or 3 => 1, _ => 0 };
        var view = structure.At(tree, DateOnly.ParseExact(Days[2], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var units = view.All.Where(unit => unit.Parent.Length > 0).ToList();
        var unit = Any(units);
        if (structure.Last(tree, unit.Code).From is { } since && since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) is var last
            && string.CompareOrdinal(last, Days[day]) > 0)
        {
            day = Array.IndexOf(Days, last);
        }

        var change = new ChangeLine(Kind(view.All.Count, tree), tree, Days[day], unit.Code);
        var other = Any([.. view.All]).Code;
        return change.Change switch
        {
            "open" when tree == World.Line => Adopt(structure, change, other),
            "open" => change with { Unit = NewCode(), Parent = other, Name = $"Opened {_made}", Kind = random.Next(2) == 0 ? "department" : "institution" },
            "move" => change with { Parent = other },
            "rename" => change with { Name = $"Renamed {++_made}" },
            "merge" when random.Next(2) == 0 => change with { Into = NewCode(), Name = $"Merged {_made}" },
            "merge" or "abolish" => change with { Into = other },
            "split" => change with
            {
                Into = NewCode(),
                Name = $"Split {_made}",
                Children = string.Join(' ', view.Children(unit.Code).Where(_ => random.Next(2) == 0).Select(child => child.Code)),
            },
            _ => change,
        };
    }

    /// <summary>A unit of the territory comes to stand in the line, too.</summary>
    private ChangeLine Adopt(TenantTrees structure, ChangeLine change, string parent)
    {
        var day = DateOnly.ParseExact(change.From, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var unit = Any([.. structure.At(TenantTrees.Territory, day).All]);
        var last = structure.Last(TenantTrees.Territory, unit.Code);
        return change with { Unit = unit.Code, Parent = parent, Name = last.Name, Kind = last.Kind, Level = last.Level };
    }

    /// <summary>Weighed so that a tree neither empties nor fills.</summary>
    private string Kind(int units, string tree) => random.Next(20) switch
    {
        < 9 => "move",
        < 11 => "rename",
        < 14 when tree == World.Line => units < Most ? "open" : "close",
        < 14 => units < Most ? (random.Next(2) == 0 ? "open" : "split") : "merge",
        < 16 => "merge",
        < 18 => units > Fewest ? "abolish" : "open",
        18 => "split",
        _ => units > Fewest ? "close" : "move",
    };

    /// <summary>Never one that was used before, nor one of the other tenant's.</summary>
    private string NewCode() => string.Create(CultureInfo.InvariantCulture, $"{UnitTree.Root}-{tenant}{++_made}");

    private Stretch Any(List<Stretch> units) => units[random.Next(units.Count)];
}
