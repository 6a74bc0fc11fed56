using System.Collections.Immutable;

namespace Aggregation.Domain.Structure.Changes;

/// <summary>How one tree of two structures differs on one day.</summary>
/// <param name="Units">Every unit that comes, goes, or has another parent, name, kind or level, by code.</param>
/// <param name="Branches">Every unit whose branch 全口径 gains or loses units, by code; one that comes or goes among them.</param>
public sealed record StructureDifference(ImmutableArray<ChangedUnit> Units, ImmutableArray<ChangedBranch> Branches)
{
    public static StructureDifference Between(TreeView before, TreeView after)
    {
        var units = ImmutableArray.CreateBuilder<ChangedUnit>();
        var gained = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var lost = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var codes = before.PreOrder().Concat(after.PreOrder()).Select(unit => unit.Code).Distinct(StringComparer.Ordinal);
        foreach (var code in codes.Order(StringComparer.Ordinal))
        {
            before.TryFind(code, out var was);
            after.TryFind(code, out var now);
            if (was is null || now is null
                || (was.Parent, was.Name, was.Kind, was.Level) != (now.Parent, now.Name, now.Kind, now.Level))
            {
                units.Add(new ChangedUnit(code, was, now));
            }

            var above = Above(before, was);
            var aboveNow = Above(after, now);
            foreach (var top in aboveNow.Except(above))
            {
                Under(gained, top).Add(code);
            }

            foreach (var top in above.Except(aboveNow))
            {
                Under(lost, top).Add(code);
            }
        }

        var branches = gained.Keys.Union(lost.Keys).Order(StringComparer.Ordinal).Select(code => new ChangedBranch(
            code, [.. gained.GetValueOrDefault(code) ?? []], [.. lost.GetValueOrDefault(code) ?? []]));
        return new StructureDifference(units.ToImmutable(), [.. branches]);
    }

    private static SortedSet<string> Under(SortedDictionary<string, SortedSet<string>> sets, string code)
    {
        if (!sets.TryGetValue(code, out var set))
        {
            set = new SortedSet<string>(StringComparer.Ordinal);
            sets.Add(code, set);
        }

        return set;
    }

    private static HashSet<string> Above(TreeView view, Unit? unit)
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        for (; unit is not null; unit = view.ParentOf(unit.Code))
        {
            above.Add(unit.Code);
        }

        return above;
    }
}

/// <param name="Before">Null for a unit that comes.</param>
/// <param name="After">Null for a unit that goes.</param>
public sealed record ChangedUnit(string Code, Unit? Before, Unit? After);

/// <param name="Gained">Codes of the units that its branch has then and had not.</param>
/// <param name="Lost">Codes of the units that its branch had and then has not.</param>
public sealed record ChangedBranch(string Code, ImmutableArray<string> Gained, ImmutableArray<string> Lost);
