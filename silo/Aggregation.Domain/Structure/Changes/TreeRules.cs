namespace Aggregation.Domain.Structure.Changes;

/// <summary>What must hold between units and those above them on every day from the first change on.</summary>
internal static class TreeRules
{
    /// <summary>Faults name the line that touched the unit last, or else its parent.</summary>
    public static void Check(TreeDraft draft, Tree tree, DateOnly from, List<ImportFault> faults)
    {
        var told = new HashSet<(string Code, string Rule)>();
        foreach (var day in tree.Changes.Where(day => day > from).Prepend(from))
        {
            var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
            foreach (var unit in tree.Units)
            {
                if (unit.IsInForce(day))
                {
                    units.Add(unit.Code, unit);
                }
            }

            foreach (var unit in units.Values)
            {
                if (unit.Parent is { } above && Fault(draft, units, unit, above, day) is { } fault && told.Add((unit.Code, fault.Rule)))
                {
                    faults.Add(fault);
                }
            }

            CheckCycles(draft, units, told, faults);
        }
    }

    private static ImportFault? Fault(TreeDraft draft, Dictionary<string, Unit> units, Unit unit, string above, DateOnly day)
    {
        var line = Math.Max(draft.LineOf(unit.Code), draft.LineOf(above));
        return !units.TryGetValue(above, out var parent) ? ChangeFaults.ParentInForce(line, unit, day)
            : unit.Kind != UnitKind.Government ? null
            : parent.Kind != UnitKind.Government ? ImportFaults.ParentKind(line, unit, parent)
            : unit.Level <= parent.Level ? ImportFaults.ParentLevel(line, unit, parent)
            : null;
    }

    /// <summary>Follows parents from each unit; a walk that meets itself is a cycle, told once.</summary>
    private static void CheckCycles(
        TreeDraft draft, Dictionary<string, Unit> units, HashSet<(string Code, string Rule)> told, List<ImportFault> faults)
    {
        var walks = new Dictionary<string, int>(units.Count, StringComparer.Ordinal);
        var walk = 0;
        foreach (var start in units.Values)
        {
            walk++;
            var unit = start;
            while (unit is not null && walks.TryAdd(unit.Code, walk))
            {
                unit = unit.Parent is { } parent ? units.GetValueOrDefault(parent) : null;
            }

            if (unit is not null && walks[unit.Code] == walk)
            {
                Tell(draft, units, unit, told, faults);
            }
        }
    }

    private static void Tell(
        TreeDraft draft, Dictionary<string, Unit> units, Unit start, HashSet<(string Code, string Rule)> told, List<ImportFault> faults)
    {
        var path = new List<Unit> { start };
        for (var unit = units[start.Parent!]; unit.Code != start.Code; unit = units[unit.Parent!])
        {
            path.Add(unit);
        }

        var last = path.MaxBy(unit => draft.LineOf(unit.Code))!;
        if (told.Add((path.MinBy(unit => unit.Code, StringComparer.Ordinal)!.Code, ImportRules.ParentAcyclic)))
        {
            var text = string.Join(" → ", path.Append(start).Select(unit => unit.Code));
            faults.Add(ImportFaults.ParentAcyclic(draft.LineOf(last.Code), last.Parent!, text));
        }
    }
}
