using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Audit;

/// <summary>Where an audit stands: the journal first, stream by stream; then the totals, one form and period after the other.</summary>
internal sealed class JournalAuditGrain(IJournal journal, LatestRows latest, IGrainFactory grains) : Grain, IJournalAuditGrain
{
    private const int EntriesPerStep = 5_000;

    private StreamAudit? _streams;
    private Queue<AuditKey> _totals = [];
    private int _steps;
    private int _compared;

    private string Tenant => JournalAuditKeys.TenantOf(this.GetPrimaryKeyString());

    public async Task<AuditStep> Next(Caller caller, AuditRange range, int step, CancellationToken cancellation)
    {
        Access.RequireAdministrator(caller, Tenant);
        if (step != _steps + 1)
        {
            throw Refuse.Unavailable("The audit was interrupted; begin another.");
        }

        var next = await StepAsync(range, cancellation);
        _steps++;
        if (next.IsDone)
        {
            DeactivateOnIdle();
        }

        return next;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_streams is not null)
        {
            await _streams.DisposeAsync();
        }
    }

    private async Task<AuditStep> StepAsync(AuditRange range, CancellationToken cancellation)
    {
        _streams ??= await StreamAudit.BeginAsync(journal, latest, Tenant, range, CancellationToken.None);
        var faults = ImmutableArray.CreateBuilder<JournalFault>();
        var drifts = ImmutableArray<LedgerDrift>.Empty;
        if (!_streams.IsDone)
        {
            await _streams.GoOnAsync(EntriesPerStep, faults, cancellation);
            _totals = new Queue<AuditKey>(_streams.Ledgers);
        }
        else if (_totals.TryDequeue(out var key))
        {
            drifts = await CompareAsync(key, cancellation);
            _compared++;
        }

        return new AuditStep
        {
            Entries = _streams.Entries,
            Streams = _streams.Streams,
            Ledgers = _compared,
            Faults = faults.ToImmutable(),
            Drifts = drifts,
            IsDone = _streams.IsDone && _totals.Count == 0,
            Checkpoint = _streams.Checkpoint,
            CheckpointHash = _streams.CheckpointHash,
        };
    }

    private async Task<ImmutableArray<LedgerDrift>> CompareAsync(AuditKey key, CancellationToken cancellation)
    {
        try
        {
            var found = await grains.GetGrain<IAuditGrain>(key.ToString()).Audit(cancellation);
            return [.. found.Select(drift => new LedgerDrift(key.Form, key.Period, drift))];
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.FailedPrecondition)
        {
            // A damaged stream, which the faults have named.
            return [];
        }
    }
}
