using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Tasks;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Reviews;
using Aggregation.Grains.Snapshots;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// 台账. Writes come one at a time; everything else interleaves with them, and reads memory only. What it holds is a
/// reading of the journal: whenever that is in doubt, the activation discards itself and the next one reads anew.
/// </summary>
internal sealed partial class LedgerGrain(
    LedgerOpener opener, SubmissionBasis basis, FormCatalog forms, TenantCatalog tenants, IJournal journal, LatestRows latest,
    SnapshotStore snapshots, HeldLedgers held, LedgerWork work) : Grain, ILedgerGrain, IRollupGrain, ILedgerActivation
{
    public Task<Receipt> Submit(Caller caller, SubmitCommand command, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireSubmit);
        var hash = RequestHash.Of(ledger.Frame.Key, command);
        return WriteAsync(LedgerTelemetry.Submit, ledger, command.RequestId, hash, async () =>
        {
            ledger.RequireStanding();
            Obligations.Require(ledger.Task, ledger.Frame.Key.Unit, work.Clock.GetUtcNow());
            var settings = tenants.Seen(caller.Tenant).Settings;
            var submission = await CheckAsync(ledger, command, cancellation);
            SubmissionChecks.RequireAcceptable(submission.Findings);
            cancellation.ThrowIfCancellationRequested();
            return await ledger.Own.SubmitAsync(caller, command, submission, settings.AutoAccept, hash);
        }, cancellation);
    }

    public Task<Receipt> Withdraw(Caller caller, WithdrawCommand command, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireSubmit);
        var hash = RequestHash.Of(ledger.Frame.Key, command);
        return WriteAsync(LedgerTelemetry.Withdraw, ledger, command.RequestId, hash, () =>
        {
            ledger.RequireStanding();
            SubmissionChecks.RequireWithdrawal(command);
            cancellation.ThrowIfCancellationRequested();
            return ledger.Own.WithdrawAsync(caller, command, hash);
        }, cancellation);
    }

    public async Task<ImmutableArray<CheckFinding>> Validate(Caller caller, SubmitCommand command, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireSubmit);
        ledger.RequireStanding();
        var findings = (await CheckAsync(ledger, command, cancellation)).Findings;
        return ObligationCheck.Find(ledger.Task, ledger.Frame.Key.Unit, work.Clock.GetUtcNow()) is { } obligation
            ? [SubmissionChecks.ToContract(obligation), .. findings]
            : findings;
    }

    public async Task<SubmissionView> Get(Caller caller, long? revision, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireOwn);
        var history = revision is null or >= 1
            ? ReportHistory.Of(ledger.Frame, await ReadAsync(ledger, (revision ?? 1) - 1, cancellation))
            : [];
        var view = revision is null ? history.LastOrDefault() : history.FirstOrDefault();
        return view is not null && (revision is null || view.Receipt.Revision == revision)
            ? view
            : throw Refuse.NotFound("revision of " + ledger.Frame.Key.Unit, revision?.ToString(CultureInfo.InvariantCulture) ?? "latest");
    }

    public async Task<ImmutableArray<SubmissionView>> History(Caller caller, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireOwn);
        return ReportHistory.Of(ledger.Frame, await ReadAsync(ledger, 0, cancellation));
    }

    public Task<TotalView> GetTotal(Caller caller, TotalQuery query)
    {
        var ledger = OpenTotal(caller, query.Tree);
        var place = ledger.In(query.Tree);
        return Task.FromResult(place.Causes.In(LedgerViews.Total(ledger, place.Node, query)));
    }

    public Task<ChildrenView> Children(Caller caller, TotalQuery query)
    {
        var ledger = OpenTotal(caller, query.Tree);
        return Task.FromResult(LedgerViews.Children(ledger, ledger.In(query.Tree).Node, query));
    }

    public async Task<LedgerVersion> Await(Caller caller, AwaitQuery query, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireOwn);
        var place = ledger.In(query.Tree);
        if (query.Revision < 1 || query.Revision > ledger.Own.Version)
        {
            throw Refuse.NotFound("revision of " + ledger.Frame.Key.Unit, query.Revision.ToString(CultureInfo.InvariantCulture));
        }

        if (!place.Node.View.IsWithin(ledger.Frame.Key.Unit, query.AtUnit))
        {
            throw Refuse.Invalid("at_unit", query.AtUnit, "the unit or one above it",
                "应为该单位本身或其上级单位", $"is not {ledger.Frame.Key.Unit} nor above it in tree '{query.Tree}'");
        }

        // Whatever this ledger says now includes the revision.
        return await AwaitIncluded(query.Tree, place.Node.Version, query.AtUnit, cancellation);
    }

    public Task<LedgerVersion> Subscribe(Caller caller, string tree, ILedgerObserver observer)
    {
        var place = OpenTotal(caller, tree).In(tree);
        place.Notifier.Subscribe(observer);
        return Task.FromResult(place.Node.Version);
    }

    public Task Unsubscribe(string tree, ILedgerObserver observer)
    {
        Open().In(tree).Notifier.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task<PushAck> Push(Contribution contribution) => Open().ReceiveAsync(contribution);

    public Task<Contribution> Pull(string tree) => Open().PullAsync(tree, tenants.Seen(_key.Tenant).Structure.Version);

    public async Task<Contribution> PullAt(string tree, long structureVersion)
    {
        await tenants.FollowAsync(_key.Tenant, structureVersion);
        return await Open().PullAsync(tree, structureVersion);
    }

    public Task Written() => Task.CompletedTask;

    public Task<ImmutableArray<Contribution>> Parts(string tree)
    {
        var ledger = Open();
        return Task.FromResult<ImmutableArray<Contribution>>([.. ledger.In(tree).Node.Parts()]);
    }

    public async Task Discard()
    {
        if (_ledger is { } ledger && !_isDiscarded)
        {
            _isDiscarded = true;
            ledger.Dispose();
            await DropSnapshotsAsync(ledger);
        }

        End();
    }

    public async Task<LedgerVersion> AwaitIncluded(
        string tree, LedgerVersion version, string atUnit, CancellationToken cancellation)
    {
        var ledger = Open();
        var place = ledger.In(tree);
        if (ledger.Frame.Key.Unit == atUnit)
        {
            return place.Node.Version;
        }

        if (place.Pusher is not { } pusher)
        {
            throw Refuse.NotFound($"unit above {ledger.Frame.Key.Unit} in tree '{tree}'", atUnit);
        }

        using (Use())
        {
            var parentVersion = await UnlessEndingAsync(pusher.IncludedAsync(version, cancellation));
            var parent = GrainFactory.GetGrain<IRollupGrain>(ledger.Frame.Key.At(place.Node.Parent!).ToString());
            return await UnlessEndingAsync(parent.AwaitIncluded(tree, parentVersion, atUnit, cancellation));
        }
    }

    private async Task<Receipt> WriteAsync(
        KeyValuePair<string, object?> act, OpenLedger ledger, string requestId, byte[] hash, Func<Task<Receipt>> write,
        CancellationToken cancellation)
    {
        using var use = Use();
        var started = work.Clock.GetTimestamp();
        try
        {
            var receipt = await write();
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

    private OpenLedger Open()
    {
        if (_ledger is null)
        {
            // Refused once, not for ever: the next call opens anew.
            End();
            throw _refusal!;
        }

        _ledger.FollowOrLeave();
        return _ledger;
    }

    /// <summary>Rights come first: a unit that is not there is refused as one that is not the caller's.</summary>
    private OpenLedger Open(Caller caller, Action<Caller, AdministrativeStructure, DateOnly, string> require)
    {
        Access.RequireTenant(caller, _key.Tenant);
        if (_ledger is null && _absent is { } absent)
        {
            require(caller, absent.Structure, absent.Day, _key.Unit);
        }

        var ledger = Open();
        require(caller, ledger.Structure, ledger.Frame.Day, ledger.Frame.Key.Unit);
        return ledger;
    }

    private OpenLedger OpenTotal(Caller caller, string tree) => Open(
        caller, (caller, structure, day, unit) => Access.RequireTotal(caller, structure, day, tree, unit));

    private Task<IReadOnlyList<StoredEntry>> ReadAsync(OpenLedger ledger, long after, CancellationToken cancellation) =>
        journal.ReadStreamAsync(ledger.Frame.Key.Tenant, ledger.Frame.Key.Stream, after, cancellation);
}
