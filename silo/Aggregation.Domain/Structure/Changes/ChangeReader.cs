using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure.Changes;

/// <summary>Reads changes from their text: what is wrong with each by itself, whatever the structure is.</summary>
internal static class ChangeReader
{
    private static readonly Dictionary<string, ChangeKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["open"] = ChangeKind.Open,
        ["设立"] = ChangeKind.Open,
        ["move"] = ChangeKind.Move,
        ["划转"] = ChangeKind.Move,
        ["rename"] = ChangeKind.Rename,
        ["更名"] = ChangeKind.Rename,
        ["close"] = ChangeKind.Close,
        ["关闭"] = ChangeKind.Close,
        ["merge"] = ChangeKind.Merge,
        ["合并"] = ChangeKind.Merge,
        ["split"] = ChangeKind.Split,
        ["拆分"] = ChangeKind.Split,
        ["abolish"] = ChangeKind.Abolish,
        ["撤销"] = ChangeKind.Abolish,
    };

    /// <summary>The change, or null when it has faults of its own.</summary>
    public static Change? Read(ChangeRow row, List<ImportFault> faults)
    {
        var before = faults.Count;
        var isKnown = Kinds.TryGetValue(row.Change, out var kind);
        if (!isKnown)
        {
            faults.Add(ChangeFaults.Known(row.Line, row.Change));
        }

        if (!DayText.TryRead(row.From, out var from))
        {
            faults.Add(ImportFaults.Date(row.Line, "from", row.From));
        }

        RequireCode(row.Line, "unit", row.Unit, faults);
        var children = row.Children.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (field, value) in new[] { ("parent", row.Parent), ("into", row.Into) }.Concat(children.Select(child => ("children", child))))
        {
            if (value.Length > 0)
            {
                RequireCode(row.Line, field, value, faults);
            }
        }

        if (row.Name.Length > Unit.MaxNameLength)
        {
            faults.Add(ImportFaults.Name(row.Line, row.Name));
        }

        var unitKind = ReadKind(row, faults);
        var unitLevel = ReadLevel(row, faults);
        if (isKnown)
        {
            RequireFields(row, kind, faults);
        }

        return faults.Count > before ? null : new Change(
            row.Line, kind, row.Tree.Length == 0 ? AdministrativeStructure.Territory : row.Tree, from, row.Unit, row.Parent,
            row.Into, row.Name, unitKind, unitLevel, children);
    }

    private static void RequireCode(int line, string field, string code, List<ImportFault> faults)
    {
        if (!UnitCode.IsValid(code))
        {
            faults.Add(ImportFaults.Code(line, field, code));
        }
    }

    private static UnitKind? ReadKind(ChangeRow row, List<ImportFault> faults)
    {
        if (row.Kind.Length == 0)
        {
            return null;
        }

        if (UnitWords.TryKind(row.Kind, out var kind))
        {
            return kind;
        }

        faults.Add(ImportFaults.Kind(row.Line, row.Kind));
        return null;
    }

    private static UnitLevel? ReadLevel(ChangeRow row, List<ImportFault> faults)
    {
        if (row.Level.Length == 0)
        {
            return null;
        }

        if (UnitWords.TryLevel(row.Level, out var level))
        {
            return level;
        }

        faults.Add(ImportFaults.Level(row.Line, row.Level));
        return null;
    }

    private static void RequireFields(ChangeRow row, ChangeKind kind, List<ImportFault> faults)
    {
        var makes = kind is ChangeKind.Merge or ChangeKind.Split;
        Check("parent", row.Parent, kind is ChangeKind.Move, kind is ChangeKind.Open || makes);
        Check("into", row.Into, makes || kind is ChangeKind.Abolish, false);
        Check("name", row.Name, kind is ChangeKind.Open, kind is ChangeKind.Rename || makes);
        Check("kind", row.Kind, kind is ChangeKind.Open, kind is ChangeKind.Rename || makes);
        Check("level", row.Level, false, kind is ChangeKind.Open or ChangeKind.Rename || makes);
        Check("children", row.Children, false, kind is ChangeKind.Split);
        if (kind == ChangeKind.Rename && row.Name.Length + row.Kind.Length + row.Level.Length == 0)
        {
            faults.Add(ChangeFaults.Required(row.Line, "name", kind));
        }

        void Check(string field, string value, bool needed, bool allowed)
        {
            if (needed && value.Length == 0)
            {
                faults.Add(ChangeFaults.Required(row.Line, field, kind));
            }
            else if (!needed && !allowed && value.Length > 0)
            {
                faults.Add(ChangeFaults.Unused(row.Line, field, value, kind));
            }
        }
    }
}
