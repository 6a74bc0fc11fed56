using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;

namespace Aggregation.Domain.Tests.Structure.Changes;

/// <summary>The plainest model of a tree over time: one table of units for each day that matters.</summary>
internal sealed class DayTable
{
    private readonly Dictionary<DateOnly, Dictionary<string, Row>> _days = [];

    private readonly HashSet<string> _known;

    public DayTable(TreeView view, IEnumerable<DateOnly> days)
    {
        _known = [.. view.PreOrder().Select(unit => unit.Code)];
        foreach (var day in days)
        {
            _days.Add(day, view.PreOrder().ToDictionary(unit => unit.Code, unit => new Row(unit.Parent, unit.Name)));
        }
    }

    public Dictionary<string, Row> On(DateOnly day) => _days[day];

    /// <summary>Applies a change that was accepted to each day from its first on.</summary>
    public void Apply(ChangeRow change)
    {
        var from = DateOnly.ParseExact(change.From, "yyyy-MM-dd");
        var parent = change.Change == "open" ? change.Parent : _days[from][change.Unit].Parent;
        var opened = change.Change == "open" ? change.Unit : change.Change is "merge" or "split" ? change.Into : "";
        var opens = opened.Length > 0 && _known.Add(opened);
        foreach (var (_, units) in _days.Where(day => day.Key >= from))
        {
            if (opens)
            {
                // Comes into being even on days on which the unit that it takes over from has gone already.
                units.Add(opened, new Row(parent, change.Name));
            }

            if (units.ContainsKey(change.Unit) && change.Change != "open")
            {
                Apply(units, change);
            }
        }
    }

    public HashSet<string> Below(DateOnly day, string code)
    {
        var units = _days[day];
        var found = new HashSet<string> { code };
        while (units.Where(unit => unit.Value.Parent is { } parent && found.Contains(parent)).Any(unit => found.Add(unit.Key)))
        {
            // Until nothing is added.
        }

        return found;
    }

    private static void Apply(Dictionary<string, Row> units, ChangeRow change)
    {
        var unit = change.Unit;
        switch (change.Change)
        {
            case "move":
                units[unit] = units[unit] with { Parent = change.Parent };
                break;
            case "rename":
                units[unit] = units[unit] with { Name = change.Name };
                break;
            case "close":
                units.Remove(unit);
                break;
            case "split":
                if (units.TryGetValue(change.Children, out var child))
                {
                    units[change.Children] = child with { Parent = change.Into };
                }

                units[unit] = units[unit] with { Name = units[unit].Name + "（未分配）" };
                break;
            default:
                foreach (var below in units.Where(each => each.Value.Parent == unit).Select(each => each.Key).ToList())
                {
                    units[below] = units[below] with { Parent = below == change.Into ? units[unit].Parent : change.Into };
                }

                units.Remove(unit);
                break;
        }
    }

    internal sealed record Row(string? Parent, string Name);
}
