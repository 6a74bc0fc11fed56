using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>What counts, by unit: the last report that was not withdrawn. Everything else follows by plain sums.</summary>
internal sealed class Oracle
{
    private readonly Dictionary<string, (long Revision, SubmitCommand Command)> _counting = [];

    public bool Counts(string unit)
    {
        lock (_counting) return _counting.ContainsKey(unit);
    }

    public void Submitted(string unit, Receipt receipt, SubmitCommand command)
    {
        lock (_counting) _counting[unit] = (receipt.Revision, command);
    }

    public void Withdrawn(string unit)
    {
        lock (_counting) _counting.Remove(unit);
    }

    /// <summary>The total of some units: sums and counts, coverage, and the digest by way of the journal's entries.</summary>
    public async Task<(Totals Totals, Coverage Coverage, string Digest)> SumAsync(
        IReadOnlyCollection<Unit> units, LedgerKey key, Layer layer, IJournal journal)
    {
        var sums = new Sums(Reports.Form.Cells.Length);
        var coverage = new Coverage(units.Count, 0, 0, 0, 0);
        var digest = SetDigest.Zero;
        foreach (var unit in units.Where(unit => _counting.ContainsKey(unit.Code)))
        {
            var (revision, command) = _counting[unit.Code];
            sums.Add(Read(command));
            coverage += new Coverage(0, 1, 1, 0, command.Nil ? 1 : 0);
            var entry = (await journal.ReadStreamAsync(
                key.Tenant, key.At(unit.Code).Stream, revision - 1, CancellationToken.None))[0];
            digest += SetDigest.Of(key.Tenant, unit.Code, key.Form, Period.Parse(key.Period), revision,
                (int)(layer == Layer.Submitted ? Layer.Submitted : Layer.Accepted), SHA256.HashData(entry.Payload.Span));
        }

        RequireIdentities(sums);
        return (sums.Freeze(), coverage, digest.ToString());
    }

    /// <summary>A linear identity that holds at every leaf holds at every total.</summary>
    public static void RequireIdentities(ICellValues totals) => Assert.DoesNotContain(
        Reports.Form.Check(new CheckInput(totals, Period.Parse("2017"))),
        finding => finding.Severity == Domain.Forms.Severity.Hard);

    private static Figures Read(SubmitCommand command)
    {
        Assert.True(FigureReader.TryRead(Reports.Form, command.Cells.AsSpan(), out var figures, out _));
        return figures;
    }
}
