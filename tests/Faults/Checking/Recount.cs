using System.Globalization;
using System.Security.Cryptography;
using Aggregation.Faults.Checking.Structure;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;

namespace Aggregation.Faults.Checking;

/// <summary>A revision that counts.</summary>
internal sealed record Counted(long Revision, SubmittedPayload Content, byte[] ContentHash);

/// <summary>What a ledger counts, per layer.</summary>
internal readonly record struct Counting(Counted? Submitted, Counted? Accepted)
{
    public Counted? In(Layer layer) => layer == Layer.Accepted ? Accepted : Submitted;
}

/// <summary>What every total must be, counted afresh from the journal's entries. Shares no code with the product.</summary>
internal sealed class Recount
{
    private readonly Dictionary<LedgerName, Counting> _counting = [];
    private readonly Dictionary<string, TenantTrees> _structures = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Tree, string Period), PeriodTree> _trees = [];

    /// <param name="entries">In order of versions within a stream.</param>
    public Recount(IEnumerable<EntryRow> entries)
    {
        foreach (var entry in entries)
        {
            if (LedgerEntry.TryRead(entry, out var ledger))
            {
                _counting[ledger] = entry.Kind == LedgerEntry.Withdrawn
                    ? default
                    : After(_counting.GetValueOrDefault(ledger), entry);
            }
            else if (entry.Kind == StructureEntry.Imported)
            {
                var (tree, csv) = StructureEntry.ReadImport(entry.Payload);
                Structure(entry.Tenant).Import(tree, csv);
            }
            else if (entry.Kind == StructureEntry.Restructured)
            {
                Structure(entry.Tenant).Restructure(StructureEntry.ReadChanges(entry.Payload).Changes);
            }
        }
    }

    public Counting this[LedgerName ledger] => _counting.GetValueOrDefault(ledger);

    /// <summary>The tenant's trees as its imports and restructurings made them.</summary>
    public TenantTrees Structure(string tenant)
    {
        if (!_structures.TryGetValue(tenant, out var structure))
        {
            structure = new TenantTrees();
            _structures.Add(tenant, structure);
        }

        return structure;
    }

    /// <summary>A tree as it is on the last day of a period.</summary>
    public PeriodTree Tree(string tenant, string tree, string period)
    {
        if (!_trees.TryGetValue((tenant, tree, period), out var found))
        {
            found = Structure(tenant).At(tree, World.LastDay(period));
            _trees.Add((tenant, tree, period), found);
        }

        return found;
    }

    /// <summary>The lines that the totals of a tree are read as.</summary>
    public IReadOnlyList<string> Lines(string tenant, string tree, string period)
    {
        var lines =
            from unit in Tree(tenant, tree, period).All
            from scope in Totals.Scopes
            from layer in Totals.Layers
            select Line(tenant, tree, period, unit.Code, scope, layer);
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public string Digest(string tenant, string tree, string period, string unit, Scope scope, Layer layer)
    {
        UInt128 sum = 0;
        foreach (var member in Units(Tree(tenant, tree, period), unit, scope))
        {
            sum = unchecked(sum + Digest(new LedgerName(tenant, period, member), layer));
        }

        return sum.ToString("x32", CultureInfo.InvariantCulture);
    }

    /// <summary>The digest of a ledger's own figures.</summary>
    public UInt128 Digest(LedgerName ledger, Layer layer) => this[ledger].In(layer) is { } counted
        ? Hashes.OfMember(ledger, Figures.Form, counted.Revision, layer == Layer.Accepted, counted.ContentHash)
        : 0;

    private static Counting After(Counting before, EntryRow entry)
    {
        var content = SubmittedPayload.Read(entry.Payload);
        var counted = new Counted(entry.Version, content, SHA256.HashData(entry.Payload));
        return new Counting(counted, content.IsAccepted ? counted : before.Accepted);
    }

    private string Line(string tenant, string tree, string period, string unit, Scope scope, Layer layer)
    {
        var view = Tree(tenant, tree, period);
        var members = Units(view, unit, scope).Select(member => this[new LedgerName(tenant, period, member)]).ToList();
        var cells = members
            .SelectMany(member => member.In(layer)?.Content.Cells ?? new Dictionary<string, long>())
            .GroupBy(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal)
            .Select(cell => (cell.Key, cell.Sum(), cell.Count()));
        var coverage = new Coverage
        {
            Expected = members.Count,
            Submitted = members.Count(member => member.Submitted is not null),
            Accepted = members.Count(member => member.Accepted is not null),
            Nil = members.Count(member => (member.Submitted ?? member.Accepted) is { Content.IsNil: true }),
        };
        return Totals.Line(unit, view[unit].Name, scope, layer, coverage, Digest(tenant, tree, period, unit, scope, layer), cells);
    }

    private static IEnumerable<string> Units(PeriodTree tree, string unit, Scope scope) => scope switch
    {
        Scope.Own => [unit],
        Scope.Level => tree.Level(unit),
        _ => tree.Region(unit),
    };
}
