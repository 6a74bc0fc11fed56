using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>What a submission is checked against.</content>
internal sealed partial class LedgerGrain
{
    private async ValueTask<CheckedSubmission> CheckAsync(OpenLedger ledger, SubmitCommand command, CancellationToken cancellation)
    {
        using var span = work.Telemetry.Source.StartActivity("ledger.check");
        if (span is { IsAllDataRequested: true })
        {
            LedgerSpans.Describe(span, _key);
        }

        try
        {
            var earlier = await ledger.Own.EarlierAsync(cancellation);
            var against = await basis.ReadAsync(ledger.Frame, earlier, cancellation);
            return SubmissionChecks.Run(ledger.Frame, command, against with { Below = Below(ledger) });
        }
        // Nothing was written: the ledger need not be read anew, as it is when a write fails.
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }

    /// <summary>Governments have offices below them that file too; a department's own figures may well be those of one institution.</summary>
    private SumsBelow? Below(OpenLedger ledger) =>
        tenants.Seen(_key.Tenant).Settings.CheckSumsBelow && ledger.Find(Names.Territory) is { Node: { Unit.Kind: UnitKind.Government } node }
            ? node.Rollup.Below(Layer.Submitted)
            : null;
}
