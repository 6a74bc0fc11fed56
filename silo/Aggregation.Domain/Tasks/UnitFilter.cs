using System.Globalization;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>A <see cref="FilterText"/> read, against one tree.</summary>
internal sealed class UnitFilter
{
    private readonly TreeView view;
    private readonly HashSet<UnitKind> kinds = [];
    private readonly HashSet<UnitLevel> levels = [];
    private readonly HashSet<string> units = new(StringComparer.Ordinal);
    private readonly string under;

    private UnitFilter(TreeView view, string under)
    {
        this.view = view;
        this.under = under;
    }

    /// <summary>Reads a filter; whatever cannot stand is added to the faults.</summary>
    public static UnitFilter Read(FilterText text, string field, TreeView view, ICollection<TaskFault> faults)
    {
        var filter = new UnitFilter(view, text.Under);
        foreach (var word in text.Kinds)
        {
            if (UnitWords.TryKind(word, out var kind))
            {
                filter.kinds.Add(kind);
            }
            else
            {
                faults.Add(new TaskFault($"{field}.kinds", word, "government, department or institution",
                    "单位类别应为政府、部门或直属单位", "is government, department or institution"));
            }
        }

        foreach (var word in text.Levels)
        {
            if (UnitWords.TryLevel(word, out var level))
            {
                filter.levels.Add(level);
            }
            else
            {
                faults.Add(new TaskFault($"{field}.levels", word, "province, city, county, township or village",
                    "级别应为省、市、县、乡镇或村", "is province, city, county, township or village"));
            }
        }

        if (text.Under.Length > 0 && !view.TryFind(text.Under, out _))
        {
            faults.Add(Absent($"{field}.under", text.Under));
        }

        for (var i = 0; i < text.Units.Length; i++)
        {
            filter.units.Add(text.Units[i]);
            if (!view.TryFind(text.Units[i], out _))
            {
                faults.Add(Absent(string.Create(CultureInfo.InvariantCulture, $"{field}.units[{i}]"), text.Units[i]));
            }
        }

        return filter;
    }

    public bool TakesIn(Unit unit) =>
        (kinds.Count == 0 || kinds.Contains(unit.Kind))
        && (units.Count == 0 || units.Contains(unit.Code))
        && (under.Length == 0 || view.IsWithin(unit.Code, under))
        && (levels.Count == 0 || levels.Contains(LevelOf(view, unit)));

    /// <summary>A government's level; of another unit that of the government it is under, and none where it is under none.</summary>
    public static UnitLevel LevelOf(TreeView view, Unit unit)
    {
        var at = unit;
        while (at.Kind != UnitKind.Government && view.ParentOf(at.Code) is { } parent)
        {
            at = parent;
        }

        return at.Level;
    }

    private static TaskFault Absent(string field, string unit) => new(
        field, unit, "a unit in force on the period's last day", "报告期末该机构树中没有此单位", "is no unit of the tree on the period's last day");
}
