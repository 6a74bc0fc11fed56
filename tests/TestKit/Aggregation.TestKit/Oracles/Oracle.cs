using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aggregation.TestKit.Oracles;

/// <summary>What counts, by report: its latest revision that was not withdrawn. Every total follows by plain sums. Shares no code with the product.</summary>
public sealed class Oracle
{
    private readonly Dictionary<ReportName, (CountedRevision? Submitted, CountedRevision? Accepted)> _counting = [];

    /// <summary>A revision was filed: it counts as submitted from now on and, where it is accepted with that, as accepted.</summary>
    public void Filed(ReportName report, CountedRevision revision, bool isAccepted) =>
        _counting[report] = (revision, isAccepted ? revision : Counting(report, isAccepted: true));

    public void Withdrawn(ReportName report) => _counting.Remove(report);

    /// <summary>What a report counts with in a layer; null: nothing.</summary>
    public CountedRevision? Counting(ReportName report, bool isAccepted)
    {
        var (submitted, accepted) = _counting.GetValueOrDefault(report);
        return isAccepted ? accepted : submitted;
    }

    /// <summary>The total of some reports in a layer.</summary>
    public OracleTotal Total(IEnumerable<ReportName> reports, bool isAccepted)
    {
        var members = reports.ToList();
        var counting = members.ConvertAll(member => _counting.GetValueOrDefault(member));
        UInt128 digest = 0;
        foreach (var member in members)
        {
            digest = unchecked(digest + Digest(member, isAccepted));
        }

        return new OracleTotal(
            members.Count,
            counting.Count(report => report.Submitted is not null),
            counting.Count(report => report.Accepted is not null),
            counting.Count(report => (report.Submitted ?? report.Accepted) is { IsNil: true }),
            digest.ToString("x32", CultureInfo.InvariantCulture),
            [
                .. counting.Select(report => isAccepted ? report.Accepted : report.Submitted).OfType<CountedRevision>()
                    .SelectMany(revision => revision.Cells).GroupBy(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal)
                    .OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => (cell.Key, cell.Sum(), cell.Count())),
            ]);
    }

    /// <summary>
    /// A report's part of a digest, computed from what is documented about it: the first 128 bits of SHA-256 over tenant, unit, form and
    /// period, the revision, the layer's number and the content's hash; lengths in four bytes. 0 where nothing counts.
    /// </summary>
    public UInt128 Digest(ReportName report, bool isAccepted)
    {
        if (Counting(report, isAccepted) is not { } revision)
        {
            return 0;
        }

        using var bytes = new MemoryStream();
        foreach (var name in new[] { report.Tenant, report.Unit, report.Form, report.Period })
        {
            Write(bytes, Encoding.UTF8.GetBytes(name));
        }

        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, revision.Number);
        bytes.Write(number);
        Write(bytes, isAccepted ? 1 : 0);
        Write(bytes, revision.ContentHash.Span);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes.ToArray()));
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        Write(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
