namespace Aggregation.Domain.Structure;

/// <summary>
/// Nobody is above itself, whichever tree each step is taken in. A ledger is complete when everything below it is, in all its
/// trees: were a unit below another in one tree and above it in a second, each would wait for the other.
/// </summary>
internal static class AcrossTrees
{
    /// <summary>Units each of which is above the next, and the last above the first, on some day from a day on; empty where none are.</summary>
    public static IReadOnlyList<string> FindCycle(IReadOnlyCollection<Tree> trees, DateOnly from)
    {
        // What has no cycle over all days together has none on any of them.
        if (trees.Count < 2 || CycleOf(trees.SelectMany(tree => tree.Units)).Count == 0)
        {
            return [];
        }

        foreach (var day in trees.SelectMany(tree => tree.Changes).Where(day => day > from).Prepend(from).Distinct().Order())
        {
            if (CycleOf(trees.SelectMany(tree => tree.Units).Where(unit => unit.IsInForce(day))) is { Count: > 0 } cycle)
            {
                return cycle;
            }
        }

        return [];
    }

    private static List<string> CycleOf(IEnumerable<Unit> units)
    {
        var below = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var above = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (unit.Parent is { } parent)
            {
                Add(below, parent, unit.Code);
                Add(above, unit.Code, parent);
            }
        }

        // Whoever has nobody above is taken away, then whoever has nobody left: what stays is in a cycle or below one.
        var left = above.ToDictionary(unit => unit.Key, unit => unit.Value.Count, StringComparer.Ordinal);
        var free = new Queue<string>(below.Keys.Where(unit => !left.ContainsKey(unit)));
        while (free.TryDequeue(out var unit))
        {
            foreach (var child in below.GetValueOrDefault(unit, []))
            {
                if (--left[child] == 0)
                {
                    left.Remove(child);
                    free.Enqueue(child);
                }
            }
        }

        return left.Count == 0 ? [] : Walk(left, above);
    }

    /// <summary>Upwards among those that are left, until one comes again.</summary>
    private static List<string> Walk(Dictionary<string, int> left, Dictionary<string, List<string>> above)
    {
        var path = new List<string>();
        var unit = left.Keys.Order(StringComparer.Ordinal).First();
        while (!path.Contains(unit))
        {
            path.Add(unit);
            unit = above[unit].First(left.ContainsKey);
        }

        path.RemoveRange(0, path.IndexOf(unit));
        path.Reverse();
        return path;
    }

    private static void Add(Dictionary<string, List<string>> lists, string key, string value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            list = [];
            lists.Add(key, list);
        }

        list.Add(value);
    }
}
