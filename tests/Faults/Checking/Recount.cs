using System.Globalization;
using System.Security.Cryptography;
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
    private readonly UnitTree _tree;

    /// <param name="tree">The units of every tenant.</param>
    /// <param name="entries">In order of versions within a stream.</param>
    public Recount(UnitTree tree, IEnumerable<EntryRow> entries)
    {
        _tree = tree;
        foreach (var entry in entries)
        {
            if (LedgerEntry.TryRead(entry, out var ledger))
            {
                _counting[ledger] = entry.Kind == LedgerEntry.Withdrawn
                    ? default
                    : After(_counting.GetValueOrDefault(ledger), entry);
            }
        }
    }

    public Counting this[LedgerName ledger] => _counting.GetValueOrDefault(ledger);

    /// <summary>The lines of <see cref="Totals.ReadAsync"/>.</summary>
    public IReadOnlyList<string> Lines(string tenant, string period)
    {
        var lines =
            from unit in _tree.All
            from scope in Totals.Scopes
            from layer in Totals.Layers
            select Line(tenant, period, unit.Code, scope, layer);
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public string Digest(string tenant, string period, string unit, Scope scope, Layer layer)
    {
        UInt128 sum = 0;
        foreach (var member in Units(unit, scope))
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

    private string Line(string tenant, string period, string unit, Scope scope, Layer layer)
    {
        var members = Units(unit, scope).Select(member => this[new LedgerName(tenant, period, member)]).ToList();
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
        return Totals.Line(unit, scope, layer, coverage, Digest(tenant, period, unit, scope, layer), cells);
    }

    private IEnumerable<string> Units(string unit, Scope scope) => scope switch
    {
        Scope.Own => [unit],
        Scope.Level => _tree.Level(unit),
        _ => _tree.Region(unit),
    };
}
