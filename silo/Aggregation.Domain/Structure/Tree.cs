using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Aggregation.Domain.Structure;

/// <summary>
/// One immutable tree over all time. Between two days on which some unit comes or goes it is the same, so each such
/// stretch has one view, made when first asked for.
/// </summary>
internal sealed class Tree
{
    private const int MaxViews = 64;

    public static readonly Tree Empty = new([], new Dictionary<string, int>(StringComparer.Ordinal));

    private readonly Dictionary<string, int> places;
    private readonly DateOnly[] changes;
    private readonly ConcurrentDictionary<int, TreeView> views = new();

    private Tree(ImmutableArray<Unit> units, Dictionary<string, int> places)
    {
        Units = units;
        this.places = places;
        var days = new SortedSet<DateOnly>();
        foreach (var unit in units)
        {
            if (unit.From is { } from)
            {
                days.Add(from);
            }

            if (unit.To is { } to)
            {
                days.Add(to);
            }
        }

        changes = [.. days];
    }

    /// <summary>Every unit there ever was, in the order of import.</summary>
    public ImmutableArray<Unit> Units { get; }

    public Unit? Find(string code) => places.TryGetValue(code, out var place) ? Units[place] : null;

    public TreeView At(DateOnly day)
    {
        var found = Array.BinarySearch(changes, day);
        var stretch = found >= 0 ? found + 1 : ~found;
        if (views.TryGetValue(stretch, out var view))
        {
            return view;
        }

        // Periods of a few years share a handful of stretches; a tree with more is read through afresh at worst.
        if (views.Count >= MaxViews)
        {
            views.Clear();
        }

        return views.GetOrAdd(stretch, static (_, asked) => TreeView.Of(asked.Units, asked.Day), (Units, Day: day));
    }

    /// <summary>The tree with units added at the end and some renamed.</summary>
    public Tree With(IReadOnlyList<Unit> added, IReadOnlyDictionary<string, string> names)
    {
        var units = ImmutableArray.CreateBuilder<Unit>(Units.Length + added.Count);
        units.AddRange(Units);
        units.AddRange(added);
        var all = new Dictionary<string, int>(units.Count, StringComparer.Ordinal);
        for (var place = 0; place < units.Count; place++)
        {
            all.Add(units[place].Code, place);
        }

        foreach (var (code, name) in names)
        {
            if (all.TryGetValue(code, out var place))
            {
                units[place] = units[place] with { Name = name };
            }
        }

        return new Tree(units.MoveToImmutable(), all);
    }
}
