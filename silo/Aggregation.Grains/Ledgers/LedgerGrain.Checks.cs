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
        using var span = services.Telemetry.Source.StartActivity("ledger.check");
        if (span is { IsAllDataRequested: true })
        {
            LedgerSpans.Describe(span, _key);
        }

        try
        {
            var earlier = await ledger.Own.EarlierAsync(cancellation);
            var peers = await services.Peers.OfAsync(ledger.Frame, ledger.Structure, cancellation);
            var tenant = services.Tenants.Seen(_key.Tenant);
            var office = tenant.Checks.For(ledger.Frame.Form);
            var others = await services.References.ReadAsync(
                ledger.Frame, ReferencedReports.OtherForms(ledger.Frame.Form, office), cancellation);
            var basis = new CheckBasis(earlier, others, peers, office, tenant.Settings.FillTotals);
            return SubmissionChecks.Run(ledger.Frame, command, basis);
        }
        // Nothing was written: the ledger need not be read anew, as it is when a write fails.
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }
}
