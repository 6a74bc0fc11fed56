using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Tasks;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>What a submission is checked against.</content>
internal sealed partial class LedgerGrain
{
    /// <summary>What Submit would do now.</summary>
    private async ValueTask<JudgedSubmission> JudgeAsync(OpenLedger ledger, SubmitCommand command, CancellationToken cancellation)
    {
        var now = work.Clock.GetUtcNow();
        var submission = await CheckAsync(ledger, command, CivilDay.Of(now), cancellation);
        return new JudgedSubmission(
            submission, JudgedSubmission.HindrancesOf(ledger.Frame, ledger.Task, now), ledger.Own.RefusalToFile(command.ExpectedRevision));
    }

    private async ValueTask<CheckedSubmission> CheckAsync(
        OpenLedger ledger, SubmitCommand command, DateOnly today, CancellationToken cancellation)
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
            return SubmissionChecks.Run(ledger.Frame, command, today, against);
        }
        // Nothing was written: the ledger need not be read anew, as it is when a write fails.
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }
}
