using System.Globalization;

namespace Aggregation.Domain.Structure;

/// <summary>What must hold between a new unit and the units above it.</summary>
internal static class ParentRules
{
    public static void Check(TreeImport import, List<ImportFault> faults)
    {
        foreach (var unit in import.Added)
        {
            if (unit.Parent is not { } code)
            {
                continue;
            }

            var line = import.LineOf(unit.Code);
            if (!UnitCode.IsValid(code))
            {
                faults.Add(ImportFaults.Code(line, "parent", code));
            }
            else if (!import.Knows(code))
            {
                faults.Add(ImportFaults.ParentKnown(line, code));
            }
            else if (import.Find(code) is { } parent && parent.Code != unit.Code)
            {
                CheckPair(line, unit, parent, faults);
            }
        }

        CheckCycles(import, faults);
    }

    private static void CheckPair(int line, Unit unit, Unit parent, List<ImportFault> faults)
    {
        if (unit.Kind == UnitKind.Government && parent.Kind != UnitKind.Government)
        {
            faults.Add(ImportFaults.ParentKind(line, unit, parent));
        }
        else if (unit.Kind == UnitKind.Government && unit.Level <= parent.Level)
        {
            faults.Add(ImportFaults.ParentLevel(line, unit, parent));
        }

        var startsBefore = parent.From is { } parentFrom && (unit.From is null || unit.From < parentFrom);
        var endsAfter = parent.To is { } parentTo && (unit.To is null || unit.To > parentTo);
        if (startsBefore || endsAfter)
        {
            faults.Add(ImportFaults.ParentDates(line, unit, parent));
        }
    }

    /// <summary>Follows parents from each new unit; a walk that meets itself is a cycle, told once, at its first line.</summary>
    private static void CheckCycles(TreeImport import, List<ImportFault> faults)
    {
        var walks = new Dictionary<string, int>(import.Added.Count, StringComparer.Ordinal);
        var walk = 0;
        foreach (var start in import.Added)
        {
            walk++;
            var unit = start;
            while (unit is not null && walks.TryAdd(unit.Code, walk))
            {
                unit = unit.Parent is { } parent ? import.Find(parent) : null;
            }

            if (unit is not null && walks[unit.Code] == walk)
            {
                faults.Add(Cycle(import, unit));
            }
        }
    }

    private static ImportFault Cycle(TreeImport import, Unit start)
    {
        const int shown = 20;
        var path = new List<string> { start.Code };
        for (var unit = import.Find(start.Parent!)!; unit.Code != start.Code; unit = import.Find(unit.Parent!)!)
        {
            path.Add(unit.Code);
        }

        var first = path.IndexOf(path.MinBy(import.LineOf)!);
        path = [.. path[first..], .. path[..first]];
        var more = path.Count > shown ? string.Create(CultureInfo.InvariantCulture, $" → … {path.Count - shown} more") : "";
        var text = $"{string.Join(" → ", path.Take(shown))}{more} → {path[0]}";
        return ImportFaults.ParentAcyclic(import.LineOf(path[0]), import.Find(path[0])!.Parent!, text);
    }
}
