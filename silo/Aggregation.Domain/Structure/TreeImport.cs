using System.Collections.Immutable;
using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure;

/// <summary>Turns the lines of a file into units of one tree, noting what is wrong with each line by itself.</summary>
/// <param name="wasTaken">
/// Whether the file was imported before, by the rules of its day: another name for a unit that exists renamed it on every day that it ever had.
/// </param>
internal sealed class TreeImport(
    string name, ImmutableSortedDictionary<string, Tree> trees, List<ImportFault> faults, bool wasTaken)
{
    private readonly Tree tree = trees.GetValueOrDefault(name, Tree.Empty);
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Unit> sound = new(StringComparer.Ordinal);

    /// <summary>New units in the order of the file; complete only when there are no faults.</summary>
    public List<Unit> Added { get; } = [];

    /// <summary>New names of units that exist, by code.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines that say of a unit what is known of it.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Lines that say something else of a unit that is known.</summary>
    public int Differing { get; private set; }

    /// <summary>Whether a code is in the tree or on any line, sound or not.</summary>
    public bool Knows(string code) => lines.ContainsKey(code) || tree.Find(code) is not null;

    /// <summary>A unit of the tree or a line without faults of its own.</summary>
    public Unit? Find(string code) => sound.GetValueOrDefault(code) ?? tree.Find(code);

    public int LineOf(string code) => lines[code];

    public void Read(List<UnitRow> rows)
    {
        foreach (var row in rows)
        {
            var before = faults.Count;
            if (!UnitCode.IsValid(row.Code))
            {
                faults.Add(ImportFaults.Code(row.Line, "code", row.Code));
            }
            else if (!lines.TryAdd(row.Code, row.Line))
            {
                faults.Add(ImportFaults.UniqueCode(row.Line, row.Code, lines[row.Code]));
            }

            var unit = Resolve(row);
            if (faults.Count == before)
            {
                Take(row.Line, unit);
            }
        }
    }

    private void Take(int line, Unit unit)
    {
        sound.Add(unit.Code, unit);
        if (tree.Find(unit.Code) is not { } was)
        {
            Added.Add(unit);
            return;
        }

        var before = faults.Count;
        RefuseChange(line, was, "parent", unit.Parent ?? "", was.Parent ?? "");
        RefuseChange(line, was, "kind", UnitWords.Of(unit.Kind), UnitWords.Of(was.Kind));
        RefuseChange(line, was, "level", UnitWords.Of(unit.Level), UnitWords.Of(was.Level));
        RefuseChange(line, was, "from", $"{unit.From:yyyy-MM-dd}", $"{was.From:yyyy-MM-dd}");
        RefuseChange(line, was, "to", $"{unit.To:yyyy-MM-dd}", $"{was.To:yyyy-MM-dd}");
        if (!wasTaken)
        {
            RefuseChange(line, was, "name", unit.Name, was.Name);
        }
        else if (unit.Name != was.Name)
        {
            Names[unit.Code] = unit.Name;
        }

        Differing += faults.Count > before ? 1 : 0;
        Unchanged += faults.Count > before ? 0 : 1;
    }

    private void RefuseChange(int line, Unit unit, string column, string value, string was)
    {
        if (value != was)
        {
            faults.Add(ImportFaults.Restructured(line, unit.Code, column, value, was));
        }
    }

    private Unit Resolve(UnitRow row)
    {
        var (elsewhere, elsewhereTree) = FindElsewhere(row.Code);
        var known = elsewhere ?? tree.Find(row.Code);
        var unitName = row.Name.Length == 0 ? known?.Name ?? "" : row.Name;
        if (unitName.Length is 0 or > Unit.MaxNameLength)
        {
            faults.Add(ImportFaults.Name(row.Line, row.Name));
        }
        else if (!wasTaken && PlainText.Find(row.Name, TextKind.Line) is { } fault)
        {
            faults.Add(ImportFaults.NameText(row.Line, row.Name, fault));
        }

        var kind = known?.Kind ?? default;
        var level = UnitLevel.None;
        if (!(row.Kind.Length == 0 && known is not null) && !UnitWords.TryKind(row.Kind, out kind))
        {
            faults.Add(ImportFaults.Kind(row.Line, row.Kind));
        }
        else
        {
            level = Level(row, kind, known);
        }

        var from = Day(row.Line, "from", row.From, elsewhere?.From);
        var to = Day(row.Line, "to", row.To, elsewhere?.To);
        if (from >= to)
        {
            faults.Add(ImportFaults.DateOrder(row.Line, from!.Value, to!.Value));
        }

        var unit = new Unit(row.Code, unitName, kind, level, row.Parent.Length == 0 ? null : row.Parent, from, to);
        if (elsewhere is not null)
        {
            RefuseDisagreement(row.Line, unit, elsewhere, elsewhereTree);
        }

        return unit;
    }

    private UnitLevel Level(UnitRow row, UnitKind kind, Unit? known)
    {
        var level = row.Level.Length == 0 && known?.Kind == kind ? known.Level : UnitLevel.None;
        var isKnown = row.Level.Length == 0 || UnitWords.TryLevel(row.Level, out level);
        if (!isKnown || (kind == UnitKind.Government && level == UnitLevel.None))
        {
            faults.Add(ImportFaults.Level(row.Line, row.Level));
        }
        else if (kind != UnitKind.Government && level != UnitLevel.None)
        {
            faults.Add(ImportFaults.LevelOfOther(row.Line, row.Level));
        }

        return level;
    }

    private void RefuseDisagreement(int line, Unit unit, Unit elsewhere, string elsewhereTree)
    {
        // The territory named units, and a tree that had a unit might rename it unless the territory had it too.
        var isHere = tree.Find(unit.Code) is not null;
        if (wasTaken && unit.Name != elsewhere.Name
            && (name == AdministrativeStructure.Territory || (elsewhereTree != AdministrativeStructure.Territory && isHere)))
        {
            Names[unit.Code] = unit.Name;
        }
        else if (unit.Name != elsewhere.Name && (wasTaken || !isHere))
        {
            faults.Add(ImportFaults.Disagrees(line, "name", unit.Name, elsewhereTree, elsewhere.Name));
        }

        if (unit.Kind != elsewhere.Kind)
        {
            faults.Add(ImportFaults.Disagrees(
                line, "kind", UnitWords.Of(unit.Kind), elsewhereTree, UnitWords.Of(elsewhere.Kind)));
        }
        else if (unit.Level != elsewhere.Level)
        {
            faults.Add(ImportFaults.Disagrees(
                line, "level", UnitWords.Of(unit.Level), elsewhereTree, UnitWords.Of(elsewhere.Level)));
        }
    }

    private DateOnly? Day(int line, string column, string text, DateOnly? otherwise)
    {
        if (text.Length == 0)
        {
            return otherwise;
        }

        if (DayText.TryRead(text, out var day))
        {
            return day;
        }

        faults.Add(ImportFaults.Date(line, column, text));
        return null;
    }

    /// <summary>The unit in another tree, the territory before lines.</summary>
    private (Unit? Unit, string Tree) FindElsewhere(string code)
    {
        if (name != AdministrativeStructure.Territory
            && trees.TryGetValue(AdministrativeStructure.Territory, out var territory) && territory.Find(code) is { } there)
        {
            return (there, AdministrativeStructure.Territory);
        }

        foreach (var (other, line) in trees)
        {
            if (other != name && line.Find(code) is { } unit)
            {
                return (unit, other);
            }
        }

        return (null, "");
    }
}
