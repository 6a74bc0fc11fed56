using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure;

/// <summary>Identifiers of the rules that an imported file must keep.</summary>
public static class ImportRules
{
    /// <summary>The first line names the columns, each once: code, name, kind, level, parent, and optionally from, to.</summary>
    public const string Header = CsvRules.Header;

    /// <summary>1–200,000 units.</summary>
    public const string Rows = CsvRules.Rows;

    /// <summary>Each line has what the header names and nothing beside it, and quotes are closed.</summary>
    public const string Fields = CsvRules.Fields;

    /// <summary>See <see cref="UnitCode"/>.</summary>
    public const string Code = "code.form";

    /// <summary>A code stands on one line of a file.</summary>
    public const string UniqueCode = "code.unique";

    /// <summary>1–200 characters.</summary>
    public const string Name = "name.length";

    /// <summary>A name is one line without control characters, in Unicode's normal form C.</summary>
    public const string NameText = "name.text";

    /// <summary>government 政府, department 部门 or institution 直属单位.</summary>
    public const string Kind = "kind.known";

    /// <summary>Governments have a level: province 省, city 市, county 县, township 乡镇, village 村; others have none.</summary>
    public const string Level = "level.known";

    /// <summary>A day written 2017-01-31, 2017/1/31 or 2017年1月31日.</summary>
    public const string Date = "date.form";

    /// <summary>from is before to.</summary>
    public const string DateOrder = "date.order";

    /// <summary>The parent is in the same tree or file.</summary>
    public const string ParentKnown = "parent.known";

    /// <summary>Nobody is above itself.</summary>
    public const string ParentAcyclic = "parent.acyclic";

    /// <summary>Nobody is above itself by way of several trees.</summary>
    public const string ParentAcyclicAcrossTrees = "parent.acyclic-across-trees";

    /// <summary>Only a government is above a government.</summary>
    public const string ParentKind = "parent.kind";

    /// <summary>A government's level is below that of the government above it.</summary>
    public const string ParentLevel = "parent.level";

    /// <summary>A unit is in force only while its parent is.</summary>
    public const string ParentDates = "parent.dates";

    /// <summary>An import only adds; name, parent, kind, level and days of a unit change by a restructuring, which has a date.</summary>
    public const string NoRestructuring = "unit.additive";

    /// <summary>A unit has one name, kind and level, whichever tree it stands in.</summary>
    public const string SameInEveryTree = "unit.same-in-every-tree";
}
