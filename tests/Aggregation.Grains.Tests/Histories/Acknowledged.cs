using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>What callers know to be taken: of each report the last command, unless it was withdrawn. Every revision is accepted as it is filed.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentDictionary<LedgerKey, (long Revision, SubmitCommand Command)> _filed = new();

    public bool Counts(LedgerKey report) => _filed.ContainsKey(report);

    public void Submitted(Receipt receipt, SubmitCommand command) => _filed[receipt.Ledger] = (receipt.Revision, command);

    public void Withdrawn(LedgerKey report) => _filed.TryRemove(report, out _);

    /// <summary>The oracle of it all. Of the journal it takes the hash of each content, and nothing that counts.</summary>
    public async Task<Oracle> ToOracleAsync(IJournal journal)
    {
        var oracle = new Oracle();
        foreach (var (report, (revision, command)) in _filed)
        {
            var entry = (await journal.ReadStreamAsync(report.Tenant, report.Stream, revision - 1, CancellationToken.None))[0];
            var cells = command.Cells.ToDictionary(cell => cell.Cell, cell => Decimal(cell.Amount));
            oracle.Filed(Name(report), new CountedRevision(revision, cells, command.Nil, SHA256.HashData(entry.Payload.Span)), isAccepted: true);
        }

        return oracle;
    }

    /// <summary>The report itself, of the same form and period.</summary>
    public static ReportName Name(LedgerKey report) => new(report.Tenant, report.Form, report.Period, report.Unit);

    public static decimal Decimal(Amount amount) => amount.Units + (amount.Nanos / 1_000_000_000m);
}
