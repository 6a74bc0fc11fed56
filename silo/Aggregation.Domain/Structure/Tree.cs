using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Aggregation.Domain.Structure;

/// <summary>
/// One immutable tree over all time: for each unit its stretches of days, one after the other. Between two days on which
/// some stretch begins or ends it is the same, so each such time has one view, made when first asked for.
/// </summary>
internal sealed class Tree
{
    private const int MaxViews = 64;

    public static readonly Tree Empty = new([]);

    private readonly Dictionary<string, int> places;
    private readonly DateOnly[] changes;
    private readonly ConcurrentDictionary<int, TreeView> views = new();

    private Tree(ImmutableArray<Unit> units)
    {
        Units = units;
        places = new Dictionary<string, int>(units.Length, StringComparer.Ordinal);
        var days = new SortedSet<DateOnly>();
        for (var place = 0; place < units.Length; place++)
        {
            places.TryAdd(units[place].Code, place);
            if (units[place].From is { } from)
            {
                days.Add(from);
            }

            if (units[place].To is { } to)
            {
                days.Add(to);
            }
        }

        changes = [.. days];
    }

    /// <summary>
    /// Every stretch of every unit there ever was: units in the order in which they came, a unit's stretches together and in
    /// the order of days.
    /// </summary>
    public ImmutableArray<Unit> Units { get; }

    /// <summary>The days on which anything begins or ends.</summary>
    public IReadOnlyList<DateOnly> Changes => changes;

    /// <summary>The unit as it was last, in force from its first day to its last; null when the tree never had it.</summary>
    public Unit? Find(string code)
    {
        var stretches = Stretches(code);
        return stretches.Length == 0 ? null : stretches[^1] with { From = stretches[0].From };
    }

    /// <summary>The unit's stretches; empty when the tree never had it.</summary>
    public ReadOnlySpan<Unit> Stretches(string code)
    {
        if (!places.TryGetValue(code, out var first))
        {
            return [];
        }

        var end = first + 1;
        while (end < Units.Length && Units[end].Code == code)
        {
            end++;
        }

        return Units.AsSpan()[first..end];
    }

    /// <summary>The unit's last stretch that began by a day, which may have ended by then too; null where it had not come yet.</summary>
    public Unit? BegunBy(string code, DateOnly day)
    {
        Unit? begun = null;
        foreach (var stretch in Stretches(code))
        {
            begun = stretch.From is null || stretch.From <= day ? stretch : begun;
        }

        return begun;
    }

    public TreeView At(DateOnly day)
    {
        var found = Array.BinarySearch(changes, day);
        var time = found >= 0 ? found + 1 : ~found;
        if (views.TryGetValue(time, out var view))
        {
            return view;
        }

        // Periods of a few years share a handful of times; a tree with more is read through afresh at worst.
        if (views.Count >= MaxViews)
        {
            views.Clear();
        }

        return views.GetOrAdd(time, static (_, asked) => TreeView.Of(asked.Units, asked.Day), (Units, Day: day));
    }

    /// <summary>The tree with units added at the end, and some renamed in their last stretch.</summary>
    public Tree With(IReadOnlyList<Unit> added, IReadOnlyDictionary<string, string> names)
    {
        var units = ImmutableArray.CreateBuilder<Unit>(Units.Length + added.Count);
        units.AddRange(Units);
        for (var place = 0; place < units.Count; place++)
        {
            var isLast = place + 1 == units.Count || units[place + 1].Code != units[place].Code;
            if (isLast && names.TryGetValue(units[place].Code, out var name))
            {
                units[place] = units[place] with { Name = name };
            }
        }

        units.AddRange(added);
        return new Tree(units.MoveToImmutable());
    }

    /// <summary>The tree with other stretches for some units; those it does not have come at the end, in the order given.</summary>
    public Tree With(IReadOnlyDictionary<string, List<Unit>> stretches, IReadOnlyList<string> added)
    {
        var units = ImmutableArray.CreateBuilder<Unit>(Units.Length + stretches.Count);
        for (var place = 0; place < Units.Length; place++)
        {
            if (!stretches.TryGetValue(Units[place].Code, out var changed))
            {
                units.Add(Units[place]);
            }
            else if (place == 0 || Units[place - 1].Code != Units[place].Code)
            {
                units.AddRange(changed);
            }
        }

        foreach (var code in added)
        {
            units.AddRange(stretches[code]);
        }

        return new Tree(units.ToImmutable());
    }
}
