using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Audit;

/// <summary>
/// One scan of the journal, folded up each tree, against what the ledgers say, from the roots down; only branches that
/// differ are opened. A difference may be figures on their way, so it is believed only after all that the branch's units have
/// to push has arrived, and with no entry since. What differs then is repaired, and looked at again.
/// </summary>
internal sealed class AuditGrain(IJournal journal, TenantCatalog tenants, FormCatalog forms, LatestRows latest, IGrainFactory grains, TimeProvider clock, LedgerTelemetry telemetry,
    ILogger<AuditGrain> logger) : Grain, IAuditGrain
{
    /// <summary>After so many looks at a branch that is never still, the next audit goes on.</summary>
    private const int Looks = 5;

    /// <summary>A total rests on those below it: a repair may show what it hid, once for each level.</summary>
    private const int Repairs = 8;

    public async Task<ImmutableArray<Drift>> Audit(CancellationToken cancellation)
    {
        var key = AuditKey.Parse(this.GetPrimaryKeyString());
        var began = clock.GetTimestamp();
        var isDone = false;
        try
        {
            var frame = LedgerFrame.Read(new LedgerKey(key.Tenant, key.Form, key.Period, ""), forms);
            var tenant = await tenants.GetAsync(key.Tenant);
            var drifts = ImmutableArray.CreateBuilder<Drift>();
            foreach (var tree in tenant.Structure.Trees)
            {
                var branches = new AuditedBranches(frame, grains, tree, tenant.Structure.At(tree, frame.Day));
                drifts.AddRange(await RepairAsync(frame, branches, cancellation));
            }

            foreach (var drift in drifts)
            {
                LedgerLog.Drifted(
                    logger, drift.Unit, drift.Tree, key.Form, key.Period, drift.Held, drift.Expected, drift.IsRepaired);
            }

            telemetry.Audited(clock.GetElapsedTime(began), drifts.Count, drifts.Count(static drift => drift.IsRepaired));
            isDone = true;
            return drifts.ToImmutable();
        }
        finally
        {
            if (!isDone)
            {
                telemetry.AuditFailed(clock.GetElapsedTime(began));
            }
        }
    }

    private async Task<List<Drift>> RepairAsync(LedgerFrame frame, AuditedBranches branches, CancellationToken cancellation)
    {
        var repair = new BranchRepair(frame, journal, latest, branches);
        var found = new List<Drift>();
        for (var round = 0; ; round++)
        {
            var (drifting, expected) = await LookAsync(frame, branches, cancellation);
            var drifts = Unexplained(drifting, expected, branches);

            // What is no longer found was repaired.
            found = found.ConvertAll(drift => drift with { IsRepaired = !drifts.Exists(now => IsSame(now, drift)) });
            if (drifts.Count == 0 || round == Repairs)
            {
                return found;
            }

            foreach (var unit in drifts.Select(drift => drift.Unit).Distinct(StringComparer.Ordinal).ToList())
            {
                var differences = await repair.RepairAsync(unit, expected, cancellation);
                found.AddRange(drifts
                    .Where(drift => drift.Unit == unit && !found.Exists(before => IsSame(before, drift)))
                    .Select(drift => drift with { Differences = differences }));
            }
        }
    }

    private static bool IsSame(Drift one, Drift other) => (one.Unit, one.Layer) == (other.Unit, other.Layer);

    private async Task<(Dictionary<string, BranchDigest> Drifting, BranchDigests Expected)> LookAsync(
        LedgerFrame frame, AuditedBranches branches, CancellationToken cancellation)
    {
        var view = branches.View;
        for (var look = 0; ; look++)
        {
            var before = await BranchDigests.ScanAsync(frame, journal, view, top: null, cancellation);
            var suspects = await branches.DifferingAsync(before, view.Roots);
            if (suspects.Count == 0 || look == Looks)
            {
                return ([], before);
            }

            await branches.SettleAsync(suspects.Keys, before, cancellation);
            var after = await BranchDigests.ScanAsync(frame, journal, view, top: null, cancellation);
            var still = await branches.DifferingAsync(after, view.Roots);

            // A branch that was written to meanwhile is looked at again.
            var drifting = still.Where(unit => suspects.ContainsKey(unit.Key) && before.Of(unit.Key) == after.Of(unit.Key))
                .ToDictionary(StringComparer.Ordinal);
            if (drifting.Count == still.Count)
            {
                return (drifting, after);
            }
        }
    }

    /// <summary>A digest is a sum: a total is as far off as the totals below it together, unless it is wrong itself.</summary>
    private static List<Drift> Unexplained(
        Dictionary<string, BranchDigest> drifting, BranchDigests expected, AuditedBranches branches)
    {
        var drifts = new List<Drift>();
        foreach (var (unit, held) in drifting)
        {
            var right = expected.Of(unit);
            var error = held.Subtract(right);
            foreach (var child in branches.View.ChildrenOf(unit))
            {
                if (drifting.TryGetValue(child.Code, out var below))
                {
                    error = error.Subtract(below.Subtract(expected.Of(child.Code)));
                }
            }

            if (error.Submitted != default)
            {
                Add(Layer.Submitted, held.Submitted.ToString(), right.Submitted.ToString());
            }

            if (error.Accepted != default)
            {
                Add(Layer.Accepted, held.Accepted.ToString(), right.Accepted.ToString());
            }

            void Add(Layer layer, string holds, string should) => drifts.Add(
                new Drift { Unit = unit, Layer = layer, Held = holds, Expected = should, Tree = branches.Tree });
        }

        return drifts;
    }
}
