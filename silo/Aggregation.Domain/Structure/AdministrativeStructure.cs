using System.Collections.Immutable;

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

    /// <summary>One more with each import that brings anything new.</summary>
    public long Version { get; }

    /// <summary>Names of the trees that have units, in ordinal order.</summary>
    public IReadOnlyCollection<string> Trees { get; }

    public bool HasTree(string tree) => trees.ContainsKey(tree);

    /// <summary>A tree as it is on a day.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tree.</exception>
    public TreeView At(string tree, DateOnly day) => trees.TryGetValue(tree, out var found)
        ? found.At(day)
        : throw new KeyNotFoundException($"Structure {Version} has no tree '{tree}'; it has: {string.Join(", ", Trees)}.");

    /// <summary>
    /// Adds units to a tree from CSV text with the columns code, name, kind, level, parent and optionally from and to. Units
    /// that exist may be given again, also under a new name (the territory's name counts in every tree), but not elsewhere
    /// in the tree. Cells other than the parent may be empty for a unit that another tree has; its values are taken.
    /// </summary>
    /// <param name="tree">Name of the tree; made when it does not exist.</param>
    /// <param name="csv">The file's text, with a header, at most <see cref="MaxRows"/> units.</param>
    /// <returns>The next version, this very one when the file brings nothing new, or every fault of the file.</returns>
    /// <exception cref="ArgumentException"><paramref name="tree"/> breaks the rule of <see cref="UnitCode"/>.</exception>
    public ImportResult Import(string tree, string csv)
    {
        if (!UnitCode.IsValid(tree))
        {
            throw new ArgumentException($"tree '{tree}' must be 1–{UnitCode.MaxLength} letters, digits, hyphens and dots.", nameof(tree));
        }

        var faults = new List<ImportFault>();
        var rows = UnitsCsv.Read(csv, faults);
        var import = new TreeImport(tree, trees, faults);
        import.Read(rows);
        ParentRules.Check(import, faults);
        if (faults.Count > 0)
        {
            return new ImportResult(null, 0, 0, [.. faults.OrderBy(fault => fault.Line)]);
        }

        if (import.Added.Count == 0 && import.Names.Count == 0)
        {
            return new ImportResult(this, 0, import.Unchanged, []);
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

        return new ImportResult(new AdministrativeStructure(Version + 1, next), import.Added.Count, import.Unchanged, []);
    }
}
