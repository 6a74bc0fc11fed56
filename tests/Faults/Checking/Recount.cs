using System.Security.Cryptography;
using Aggregation.Faults.Checking.Structure;
using Aggregation.ServerKit.Clients;
using Aggregation.TestKit.Oracles;
using Aggregation.V1;

namespace Aggregation.Faults.Checking;

/// <summary>What every total must be, counted afresh from the journal's entries. Shares no code with the product.</summary>
internal sealed class Recount
{
    private readonly Oracle _oracle = new();
    private readonly Dictionary<string, TenantTrees> _structures = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Tree, string Period), PeriodTree> _trees = [];

    /// <param name="entries">In order of versions within a stream.</param>
    public Recount(IEnumerable<EntryRow> entries)
    {
        foreach (var entry in entries)
        {
            if (LedgerEntry.TryRead(entry, out var ledger))
            {
                Count(ledger, entry);
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

    public string Digest(string tenant, string tree, string period, string unit, Scope scope, Layer layer) =>
        Total(tenant, tree, period, unit, scope, layer).Digest;

    /// <summary>The digest of a ledger's own figures.</summary>
    public UInt128 Digest(LedgerName ledger, Layer layer) => _oracle.Digest(Report(ledger), layer == Layer.Accepted);

    private static ReportName Report(LedgerName ledger) => new(ledger.Tenant, Figures.Form, ledger.Period, ledger.Unit);

    private void Count(LedgerName ledger, EntryRow entry)
    {
        if (entry.Kind == LedgerEntry.Withdrawn)
        {
            _oracle.Withdrawn(Report(ledger));
            return;
        }

        var content = SubmittedPayload.Read(entry.Payload);
        var cells = content.Cells.ToDictionary(cell => cell.Key, cell => (decimal)cell.Value);
        _oracle.Filed(
            Report(ledger), new CountedRevision(entry.Version, cells, content.IsNil, SHA256.HashData(entry.Payload)), content.IsAccepted);
    }

    private string Line(string tenant, string tree, string period, string unit, Scope scope, Layer layer)
    {
        var total = Total(tenant, tree, period, unit, scope, layer);
        var coverage = new Coverage { Expected = total.Expected, Submitted = total.Submitted, Accepted = total.Accepted, Nil = total.Nil };
        return Totals.Line(
            unit, Tree(tenant, tree, period)[unit].Name, scope, layer, coverage, total.Digest, total.Cells.Select(cell => (cell.Cell, (long)cell.Amount, cell.Count)));
    }

    private OracleTotal Total(string tenant, string tree, string period, string unit, Scope scope, Layer layer) => _oracle.Total(
        Units(Tree(tenant, tree, period), unit, scope).Select(member => Report(new LedgerName(tenant, period, member))), layer == Layer.Accepted);

    private static IEnumerable<string> Units(PeriodTree tree, string unit, Scope scope) => scope switch
    {
        Scope.Own => [unit],
        Scope.Level => tree.Level(unit),
        _ => tree.Region(unit),
    };
}
