using System.Collections.Immutable;
using Aggregation.Domain.Structure.Changes;

namespace Aggregation.Domain.Structure;

/// <summary>
/// 机构树: one immutable, numbered version of all trees of a tenant: one by territory 块, and one for each line 条. A unit
/// that stands in several trees has the same name, kind and level in each.
/// </summary>
public sealed class AdministrativeStructure
{
    /// <summary>Name of the tree by territory 块.</summary>
    public const string Territory = "territory";

    /// <summary>Most units in one imported file.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Most changes in one list.</summary>
    public const int MaxChanges = 20_000;

    private readonly ImmutableSortedDictionary<string, Tree> trees;

    private AdministrativeStructure(long version, ImmutableSortedDictionary<string, Tree> trees)
    {
        Version = version;
        this.trees = trees;
        Trees = [.. trees.Keys];
    }

    /// <summary>Version 0, without trees.</summary>
    public static AdministrativeStructure Empty { get; } =
        new(0, ImmutableSortedDictionary.Create<string, Tree>(StringComparer.Ordinal));

    /// <summary>One more with each import that brings anything new, and with each list of changes.</summary>
    public long Version { get; }

    /// <summary>Names of the trees that have units, in ordinal order.</summary>
    public IReadOnlyCollection<string> Trees { get; }

    public bool HasTree(string tree) => trees.ContainsKey(tree);

    /// <summary>A tree as it is on a day.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tree.</exception>
    public TreeView At(string tree, DateOnly day) => trees.TryGetValue(tree, out var found)
        ? found.At(day)
        : throw new KeyNotFoundException($"Structure {Version} has no tree '{tree}'; it has: {string.Join(", ", Trees)}.");

    /// <summary>Whether a unit stands in any tree on a day: then it has a report for a period that ends on it.</summary>
    public bool Stands(string unit, DateOnly day) => trees.Values.Any(tree => tree.At(day).TryFind(unit, out _));

    /// <summary>How a unit left a tree that has it no more on a day; null where the tree has it, or had not had it by then.</summary>
    public Departure? DepartureOf(string tree, string unit, DateOnly day) =>
        trees.TryGetValue(tree, out var found) ? Departure.Find(tree, found, unit, day) : null;

    /// <summary>How a unit that stands in no tree on a day came to that: how it left the territory, or else a line. Null where it stands somewhere, or never did.</summary>
    public Departure? DepartureOf(string unit, DateOnly day) => Stands(unit, day) ? null
        : DepartureOf(Territory, unit, day) ?? Trees.Select(tree => DepartureOf(tree, unit, day)).FirstOrDefault(left => left is not null);

    /// <summary>
    /// Whether a unit's report for a period that ends on a day counts when the period is put on a tree of another day: the tree has the unit in
    /// the period, or took it in later, from another tree. What had left the tree by then counts there no more.
    /// </summary>
    public bool Counts(string tree, string unit, DateOnly day) =>
        At(tree, day).TryFind(unit, out _) || (DepartureOf(tree, unit, day) is null && Stands(unit, day));

    /// <summary>
    /// Adds units to a tree from CSV text with the columns code, name, kind, level, parent and optionally from and to. Units
    /// that exist may be given again as they are; an import changes none of them. Cells other than the parent may be empty for a
    /// unit that another tree has; its values are taken.
    /// </summary>
    /// <param name="tree">Name of the tree; made when it does not exist.</param>
    /// <param name="csv">The file's text, with a header, at most <see cref="MaxRows"/> units.</param>
    /// <returns>The next version, this very one when the file brings nothing new, or every fault of the file.</returns>
    /// <exception cref="ArgumentException"><paramref name="tree"/> breaks the rule of <see cref="UnitCode"/>.</exception>
    public ImportResult Import(string tree, string csv) => Import(tree, csv, wasTaken: false);

    /// <summary>The same for a file that was imported before, by the rules of its day: another name for a unit renamed it on all its days.</summary>
    public ImportResult ImportAgain(string tree, string csv) => Import(tree, csv, wasTaken: true);

    private ImportResult Import(string tree, string csv, bool wasTaken)
    {
        if (!UnitCode.IsValid(tree))
        {
            throw new ArgumentException($"tree '{tree}' must be 1–{UnitCode.MaxLength} letters, digits, hyphens and dots.", nameof(tree));
        }

        var faults = new List<ImportFault>();
        var rows = UnitsCsv.Read(csv, faults);
        var import = new TreeImport(tree, trees, faults, wasTaken);
        import.Read(rows);
        ParentRules.Check(import, faults);
        if (faults.Count > 0)
        {
            return Refused([.. faults.OrderBy(fault => fault.Line)]);
        }

        if (import.Added.Count == 0 && import.Names.Count == 0)
        {
            return new ImportResult(this, [], import.Unchanged, 0, []);
        }

        var next = trees.SetItem(tree, trees.GetValueOrDefault(tree, Tree.Empty).With(import.Added, import.Names));
        if (import.Names.Count > 0)
        {
            foreach (var (name, other) in trees)
            {
                if (name != tree)
                {
                    next = next.SetItem(name, other.With([], import.Names));
                }
            }
        }

        if (AcrossTrees.FindCycle([.. next.Values], DateOnly.MinValue) is { Count: > 0 } cycle)
        {
            var last = import.Added.Where(unit => cycle.Contains(unit.Code)).MaxBy(unit => import.LineOf(unit.Code))!;
            return Refused([ImportFaults.ParentAcyclicAcrossTrees(
                import.LineOf(last.Code), last.Parent ?? "", string.Join(" → ", cycle.Append(cycle[0])))]);
        }

        return new ImportResult(new AdministrativeStructure(Version + 1, next), [.. import.Added], import.Unchanged, 0, []);

        ImportResult Refused(ImmutableArray<ImportFault> found) => new(null, [], import.Unchanged, import.Differing, found);
    }

    /// <summary>Applies changes, each from its day on, one after the other: all of them, or, with every fault named, none.</summary>
    /// <returns>The next version, or every fault of the list. Days before <see cref="RestructureResult.From"/> keep their trees.</returns>
    public RestructureResult Restructure(IReadOnlyCollection<ChangeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var faults = new List<ImportFault>();
        if (rows.Count is 0 or > MaxChanges)
        {
            faults.Add(rows.Count == 0 ? ChangeFaults.None() : ChangeFaults.TooMany(rows.Count));
            return new RestructureResult(null, default, default, [.. faults]);
        }

        var restructuring = new Restructuring(trees, faults);
        foreach (var row in rows)
        {
            if (ChangeReader.Read(row, faults) is { } change)
            {
                restructuring.Apply(change);
            }
        }

        restructuring.Finish();
        if (faults.Count > 0)
        {
            return new RestructureResult(null, default, default, [.. faults.OrderBy(fault => fault.Line)]);
        }

        var next = trees.SetItems(restructuring.Changed.Select(tree => KeyValuePair.Create(tree.Name, tree.Tree)));
        return new RestructureResult(new AdministrativeStructure(Version + 1, next), restructuring.From, restructuring.Until, []);
    }

    /// <summary>Where in the tree of a day the figures of every unit belong that the tree ever had.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tree.</exception>
    public Homes HomesOn(string tree, DateOnly day)
    {
        var view = At(tree, day);
        return new Homes(trees[tree], view);
    }
}
