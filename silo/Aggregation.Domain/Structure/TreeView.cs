using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Aggregation.Domain.Structure;

/// <summary>
/// One tree on one day: only units in force. Units are held in pre-order, so that a subtree is one stretch of an array.
/// Methods that take a code throw <see cref="KeyNotFoundException"/> for a unit that is not in force, unless they say otherwise.
/// </summary>
public sealed class TreeView
{
    private readonly Dictionary<string, int> places;
    private readonly Unit[] units;
    private readonly int[] ends;
    private readonly int[] parents;
    private readonly DateOnly day;

    // The sum of the marks of all units before each place, so that a subtree's is one subtraction.
    private readonly UInt128[] marks;

    private TreeView(Unit[] units, int[] ends, int[] parents, Dictionary<string, int> places, DateOnly day)
    {
        this.units = units;
        this.ends = ends;
        this.parents = parents;
        this.places = places;
        this.day = day;
        marks = new UInt128[units.Length + 1];
        for (var place = 0; place < units.Length; place++)
        {
            marks[place + 1] = unchecked(marks[place] + units[place].Mark);
        }

        Roots = Siblings(0, units.Length);
    }

    /// <summary>The units without a parent, in structure order.</summary>
    public ImmutableArray<Unit> Roots { get; }

    /// <summary>How many units are in force.</summary>
    public int Count => units.Length;

    /// <summary>Finds a unit in force; false when there is none.</summary>
    public bool TryFind(string code, [MaybeNullWhen(false)] out Unit unit)
    {
        var found = places.TryGetValue(code, out var place);
        unit = found ? units[place] : null;
        return found;
    }

    /// <summary>The unit above; null for a root.</summary>
    public Unit? ParentOf(string code)
    {
        var parent = parents[PlaceOf(code)];
        return parent < 0 ? null : units[parent];
    }

    /// <summary>The units directly below, in structure order.</summary>
    public ImmutableArray<Unit> ChildrenOf(string code)
    {
        var place = PlaceOf(code);
        return Siblings(place + 1, ends[place]);
    }

    /// <summary>Whether nothing is below.</summary>
    public bool IsLeaf(string code)
    {
        var place = PlaceOf(code);
        return ends[place] == place + 1;
    }

    /// <summary>Whether a unit is <paramref name="root"/> or below it; false when either is not in force.</summary>
    public bool IsWithin(string code, string root) =>
        places.TryGetValue(code, out var place) && places.TryGetValue(root, out var top) && place >= top && place < ends[top];

    /// <summary>
    /// Stands for the set of units in the subtree, itself included: equal for equal sets, however they are arranged.
    /// </summary>
    public UInt128 MembersOf(string code)
    {
        var place = PlaceOf(code);
        return unchecked(marks[ends[place]] - marks[place]);
    }

    /// <summary>全口径 Region: the units in the subtree, itself included.</summary>
    public int ExpectedUnits(string code)
    {
        var place = PlaceOf(code);
        return ends[place] - place;
    }

    /// <summary>本级 Level: itself and the subtrees of its departments and institutions.</summary>
    public int ExpectedUnitsAtLevel(string code)
    {
        var place = PlaceOf(code);
        var expected = 1;
        for (var child = place + 1; child < ends[place]; child = ends[child])
        {
            if (units[child].Kind != UnitKind.Government)
            {
                expected += ends[child] - child;
            }
        }

        return expected;
    }

    /// <summary>Each unit before those below it; the whole tree, or one unit and what is below it.</summary>
    public IEnumerable<Unit> PreOrder(string? under = null)
    {
        if (under is null)
        {
            return new ArraySegment<Unit>(units);
        }

        var place = PlaceOf(under);
        return new ArraySegment<Unit>(units, place, ends[place] - place);
    }

    /// <summary>Where a unit's subtree begins in the pre-order, with itself, and where it has ended.</summary>
    internal (int Place, int End) StretchOf(string code)
    {
        var place = PlaceOf(code);
        return (place, ends[place]);
    }

    /// <param name="all">Every stretch of every unit of the tree; those in force on the day have parents in force on it.</param>
    /// <param name="day">The day wanted.</param>
    internal static TreeView Of(ImmutableArray<Unit> all, DateOnly day)
    {
        var inForce = all.Where(unit => unit.IsInForce(day)).ToArray();
        var order = new Dictionary<string, int>(inForce.Length, StringComparer.Ordinal);
        for (var i = 0; i < inForce.Length; i++)
        {
            order.Add(inForce[i].Code, i);
        }

        // Linked lists of children by index, filled backwards so that they come out in structure order; the last is the roots'.
        var first = new int[inForce.Length + 1];
        var next = new int[inForce.Length];
        Array.Fill(first, -1);
        for (var i = inForce.Length - 1; i >= 0; i--)
        {
            var parent = inForce[i].Parent is { } code ? order[code] : inForce.Length;
            next[i] = first[parent];
            first[parent] = i;
        }

        return Walk(inForce, first, next, order, day);
    }

    private static TreeView Walk(Unit[] source, int[] first, int[] next, Dictionary<string, int> places, DateOnly day)
    {
        var units = new Unit[source.Length];
        var ends = new int[source.Length];
        var parents = new int[source.Length];
        var count = 0;
        var path = new Stack<(int Place, int NextSibling)>();
        var above = -1;
        var current = first[source.Length];
        while (true)
        {
            if (current >= 0)
            {
                units[count] = source[current];
                parents[count] = above;
                places[source[current].Code] = count;
                path.Push((count, next[current]));
                above = count++;
                current = first[current];
            }
            else if (path.TryPop(out var done))
            {
                ends[done.Place] = count;
                above = parents[done.Place];
                current = done.NextSibling;
            }
            else
            {
                return new TreeView(units, ends, parents, places, day);
            }
        }
    }

    private ImmutableArray<Unit> Siblings(int from, int end)
    {
        var count = 0;
        for (var place = from; place < end; place = ends[place])
        {
            count++;
        }

        var siblings = ImmutableArray.CreateBuilder<Unit>(count);
        for (var place = from; place < end; place = ends[place])
        {
            siblings.Add(units[place]);
        }

        return siblings.MoveToImmutable();
    }

    private int PlaceOf(string code) => places.TryGetValue(code, out var place)
        ? place
        : throw new KeyNotFoundException($"Unit '{code}' is not in force on {day:yyyy-MM-dd}.");
}
