using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>What callers know to be taken: of each report the last command, and the last that was accepted, unless it was withdrawn.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentDictionary<LedgerKey, (Filing Submitted, Filing? Accepted)> _filed = new();

    public bool Counts(LedgerKey report) => _filed.ContainsKey(report);

    /// <param name="isAccepted">Whether the tenant accepts by itself.</param>
    public void Submitted(Receipt receipt, SubmitCommand command, bool isAccepted = true)
    {
        var filing = new Filing(receipt.Revision, command);
        _filed[receipt.Ledger] = (filing, isAccepted ? filing : _filed.GetValueOrDefault(receipt.Ledger).Accepted);
    }

    public void Withdrawn(LedgerKey report) => _filed.TryRemove(report, out _);

    /// <summary>The oracle of it all. Of the journal it takes the hash of each content, and nothing that counts.</summary>
    public async Task<Oracle> ToOracleAsync(IJournal journal)
    {
        var oracle = new Oracle();
        foreach (var (report, (submitted, accepted)) in _filed)
        {
            if (accepted is not null)
            {
                oracle.Filed(Name(report), await RevisionAsync(journal, report, accepted), isAccepted: true);
            }

            if (submitted != accepted)
            {
                oracle.Filed(Name(report), await RevisionAsync(journal, report, submitted), isAccepted: false);
            }
        }

        return oracle;
    }

    /// <summary>The report itself, of the same form and period.</summary>
    public static ReportName Name(LedgerKey report) => new(report.Tenant, report.Form, report.Period, report.Unit);

    public static decimal Decimal(Amount amount) => amount.Units + (amount.Nanos / 1_000_000_000m);

    private static async Task<CountedRevision> RevisionAsync(IJournal journal, LedgerKey report, Filing filing)
    {
        var entry = (await journal.ReadStreamAsync(report.Tenant, report.Stream, filing.Revision - 1, CancellationToken.None))[0];
        var cells = filing.Command.Cells.ToDictionary(cell => cell.Cell, cell => Decimal(cell.Amount));
        return new CountedRevision(filing.Revision, cells, filing.Command.Nil, SHA256.HashData(entry.Payload.Span));
    }

    private sealed record Filing(long Revision, SubmitCommand Command);
}
