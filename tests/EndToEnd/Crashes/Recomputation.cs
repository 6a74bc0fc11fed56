using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aggregation.EndToEnd.Clients;
using Aggregation.V1;

namespace Aggregation.EndToEnd.Crashes;

/// <summary>
/// What every total must be, from the file's order of revisions and the clients' own memory of what they sent. Shares no
/// code with the product.
/// </summary>
internal sealed class Recomputation
{
    private readonly Dictionary<string, Counted> _counting = new(StringComparer.Ordinal);
    private readonly UnitTree _tree;
    private readonly string _tenant;

    public Recomputation(string tenant, UnitTree tree, IEnumerable<FileEntry> entries, IReadOnlyDictionary<string, LoadRequest> sent)
    {
        _tenant = tenant;
        _tree = tree;
        foreach (var entry in entries)
        {
            // In order of revisions: the last one stays, and a withdrawal leaves nothing.
            if (sent[entry.RequestId].Cells is { } cells)
            {
                _counting[entry.Unit] = new Counted(cells, entry.Revision, SHA256.HashData(entry.Payload));
            }
            else
            {
                _counting.Remove(entry.Unit);
            }
        }
    }

    /// <summary>The lines of <see cref="Totals.ReadAsync"/>.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines =
            from unit in _tree.All
            from scope in Totals.Scopes
            from layer in Totals.Layers
            select Line(unit.Code, scope, layer);
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public string Digest(string unit, Scope scope, Layer layer)
    {
        UInt128 sum = 0;
        foreach (var member in Members(unit, scope))
        {
            sum = unchecked(sum + Hash(member, _counting[member], layer));
        }

        return sum.ToString("x32", CultureInfo.InvariantCulture);
    }

    private string Line(string unit, Scope scope, Layer layer)
    {
        var members = Members(unit, scope).Select(member => _counting[member]).ToList();
        var cells = members
            .SelectMany(member => member.Cells)
            .GroupBy(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal)
            .Select(cell => (cell.Key, cell.Sum(), cell.Count()));
        var coverage = new Coverage
        {
            Expected = Units(unit, scope).Count(),
            Submitted = members.Count,
            Accepted = members.Count,
            Nil = members.Count(member => member.Cells.Count == 0),
        };
        return Totals.Line(unit, scope, layer, coverage, Digest(unit, scope, layer), cells);
    }

    private IEnumerable<string> Members(string unit, Scope scope) => Units(unit, scope).Where(_counting.ContainsKey);

    private IEnumerable<string> Units(string unit, Scope scope) => scope switch
    {
        Scope.Own => [unit],
        Scope.Level => _tree.Level(unit),
        _ => _tree.Region(unit),
    };

    /// <summary>The first 128 bits of SHA-256 over the member's names, its revision, the layer's number and its content's hash.</summary>
    private UInt128 Hash(string unit, Counted counted, Layer layer)
    {
        using var bytes = new MemoryStream();
        foreach (var name in new[] { _tenant, unit, Figures.Form, Figures.Period })
        {
            WriteInt32(bytes, Encoding.UTF8.GetByteCount(name));
            bytes.Write(Encoding.UTF8.GetBytes(name));
        }

        Span<byte> revision = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(revision, counted.Revision);
        bytes.Write(revision);
        WriteInt32(bytes, layer == Layer.Accepted ? 1 : 0);
        WriteInt32(bytes, counted.ContentHash.Length);
        bytes.Write(counted.ContentHash);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes.ToArray()));
    }

    private static void WriteInt32(MemoryStream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private sealed record Counted(IReadOnlyDictionary<string, long> Cells, long Revision, byte[] ContentHash);
}
