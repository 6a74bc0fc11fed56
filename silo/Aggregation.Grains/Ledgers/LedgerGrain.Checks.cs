using Aggregation.Contracts.Ledgers;
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
            return SubmissionChecks.Run(ledger.Frame, command, against);
        }
        // Nothing was written: the ledger need not be read anew, as it is when a write fails.
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }
}
