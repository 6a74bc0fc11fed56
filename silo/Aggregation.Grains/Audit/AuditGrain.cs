using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Audit;

/// <summary>
/// One scan of the journal, folded up the territory tree, against what the ledgers say, from the roots down; only branches
/// that differ are opened. A difference may be figures on their way, so it is believed only after all that the branch's
/// units have to push has arrived, and with no entry since.
/// </summary>
internal sealed class AuditGrain(LedgerServices services) : Grain, IAuditGrain
{
    /// <summary>After so many looks at a branch that is never still, the next audit goes on.</summary>
    private const int Looks = 5;

    public async Task<ImmutableArray<Drift>> Audit(CancellationToken cancellation)
    {
        var key = AuditKey.Parse(this.GetPrimaryKeyString());
        try
        {
            var frame = LedgerFrame.Read(new LedgerKey(key.Tenant, key.Form, key.Period, ""), services.Forms);
            var tenant = await services.Tenants.GetAsync(key.Tenant);
            if (!tenant.Structure.HasTree(Names.Territory))
            {
                return [];
            }

            var drifts = await LookAsync(frame, tenant.Structure.At(Names.Territory, frame.Day), cancellation);
            foreach (var drift in drifts)
            {
                LedgerLog.Drifted(
                    services.Logger, drift.Unit, Names.Territory, key.Form, key.Period, drift.Held, drift.Expected);
            }

            services.Telemetry.Drifted(drifts.Length);
            return drifts;
        }
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }

    private async Task<ImmutableArray<Drift>> LookAsync(LedgerFrame frame, TreeView view, CancellationToken cancellation)
    {
        var branches = new AuditedBranches(frame, services.Grains, view);
        for (var look = 0; look < Looks; look++)
        {
            var before = await BranchDigests.ScanAsync(frame, services.Journal, view, top: null, cancellation);
            var suspects = await branches.DifferingAsync(before, view.Roots);
            if (suspects.Count == 0)
            {
                return [];
            }

            await branches.SettleAsync(suspects, before, cancellation);
            var after = await BranchDigests.ScanAsync(frame, services.Journal, view, top: null, cancellation);
            var still = await branches.DifferingAsync(after, view.Roots);

            // A branch that was written to meanwhile is looked at again.
            var drifting = still.Where(unit => suspects.ContainsKey(unit.Key) && before.Of(unit.Key) == after.Of(unit.Key))
                .ToDictionary(StringComparer.Ordinal);
            if (drifting.Count == still.Count)
            {
                return Unexplained(drifting, after, view);
            }
        }

        return [];
    }

    /// <summary>A digest is a sum: a total is as far off as the totals below it together, unless it is wrong itself.</summary>
    private static ImmutableArray<Drift> Unexplained(
        Dictionary<string, BranchDigest> drifting, BranchDigests expected, TreeView view)
    {
        var drifts = ImmutableArray.CreateBuilder<Drift>();
        foreach (var (unit, held) in drifting)
        {
            var error = held.Subtract(expected.Of(unit));
            foreach (var child in view.ChildrenOf(unit))
            {
                if (drifting.TryGetValue(child.Code, out var below))
                {
                    error = error.Subtract(below.Subtract(expected.Of(child.Code)));
                }
            }

            if (error.Submitted != default)
            {
                drifts.Add(new Drift(unit, Layer.Submitted, held.Submitted.ToString(), expected.Of(unit).Submitted.ToString()));
            }

            if (error.Accepted != default)
            {
                drifts.Add(new Drift(unit, Layer.Accepted, held.Accepted.ToString(), expected.Of(unit).Accepted.ToString()));
            }
        }

        return drifts.ToImmutable();
    }
}
