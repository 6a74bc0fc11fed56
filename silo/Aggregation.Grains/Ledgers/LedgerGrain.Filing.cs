using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Tasks;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>Filing and withdrawing, and what would come of it.</content>
internal sealed partial class LedgerGrain
{
    public Task<Receipt> Submit(Caller caller, SubmitCommand command, CancellationToken cancellation)
    {
        var hash = RequestHash.Of(_key, command);
        return WriteAsync(LedgerTelemetry.Submit, caller, Access.RequireSubmit, command.RequestId, hash, async ledger =>
        {
            var settings = tenants.Seen(caller.Tenant).Settings;
            var judged = await JudgeAsync(ledger, command, cancellation);
            judged.Require();
            cancellation.ThrowIfCancellationRequested();
            return await ledger.Own.SubmitAsync(caller, command, judged.Submission, settings.AutoAccept, hash);
        }, cancellation);
    }

    public Task<Receipt> Withdraw(Caller caller, WithdrawCommand command, CancellationToken cancellation)
    {
        var hash = RequestHash.Of(_key, command);
        return WriteAsync(LedgerTelemetry.Withdraw, caller, Access.RequireSubmit, command.RequestId, hash, ledger =>
        {
            SubmissionChecks.RequireWithdrawal(command);
            cancellation.ThrowIfCancellationRequested();
            return ledger.Own.WithdrawAsync(caller, command, hash);
        }, cancellation);
    }

    public async Task<ImmutableArray<CheckFinding>> Validate(Caller caller, SubmitCommand command, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireSubmit);
        ImmutableArray<CheckFinding> used = [];
        try
        {
            if (command.RequestId.Length > 0
                && await ledger.Own.FindAsync(command.RequestId, RequestHash.Of(ledger.Frame.Key, command), cancellation) is { } receipt)
            {
                // Submit answers this receipt, whatever has changed since.
                return receipt.Findings;
            }
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.AlreadyExists)
        {
            used = [.. SubmissionChecks.ToFindings(refusal)];
        }

        ledger.RequireStanding();
        return [.. used, .. (await JudgeAsync(ledger, command, cancellation)).Findings];
    }

    private async Task<Receipt> WriteAsync(
        KeyValuePair<string, object?> act, Caller caller, Action<Caller, AdministrativeStructure, DateOnly, string> require,
        string requestId, byte[] hash, Func<OpenLedger, Task<Receipt>> write, CancellationToken cancellation)
    {
        var ledger = Open(caller, require);
        using var use = Use();
        var started = work.Clock.GetTimestamp();
        try
        {
            ledger.RequireStanding();
            var receipt = await write(ledger);
            work.Telemetry.Submitted(act, work.Clock.GetElapsedTime(started), isRepeated: false);
            return receipt;
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.AlreadyExists)
        {
            work.Telemetry.Refused(act, work.Clock.GetElapsedTime(started), refusal.Kind);
            throw;
        }
        catch (RefusedException refusal)
        {
            // The request may have come before and been taken then; whatever has changed since, its receipt is the same.
            if (requestId.Length > 0 && await ledger.Own.FindAsync(requestId, hash, cancellation) is { } receipt)
            {
                work.Telemetry.Submitted(act, work.Clock.GetElapsedTime(started), isRepeated: true);
                return receipt;
            }

            // What it was refused by may be memory that another activation has left behind.
            if (refusal.Kind is RefusalKind.Stale or RefusalKind.FailedPrecondition && await ledger.Own.IsBehindAsync(cancellation))
            {
                Leave();
                work.Telemetry.Failed(act, work.Clock.GetElapsedTime(started));
                throw Refuse.Unavailable("Another activation of this ledger has written to it; ask again.");
            }

            work.Telemetry.Refused(act, work.Clock.GetElapsedTime(started), refusal.Kind);
            throw;
        }
        catch (Exception exception) when (exception is LedgerSupersededException or JournalUnavailableException)
        {
            Leave();
            work.Telemetry.Failed(act, work.Clock.GetElapsedTime(started));
            throw Refuse.Unavailable(exception.Message);
        }
    }

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
            return SubmissionChecks.Run(ledger.Frame, command, today, against with { Below = Below(ledger) });
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
