using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Mapping;

/// <summary>Changes of the structure and series over them, between the wire and the contracts.</summary>
internal static class StructureMapping
{
    public static RestructureCommand Command(V1.PlanRestructuringRequest request)
    {
        if (request.Form.Length == 0 != (request.Period.Length == 0))
        {
            throw Faults.Refuse(Faults.Missing(request.Form.Length == 0 ? "form" : "period"));
        }

        return new RestructureCommand
        {
            Changes = Changes(request.Changes),
            Form = request.Form.Length == 0 ? null : LedgerMapping.Code("form", request.Form),
            Period = request.Period.Length == 0 ? null : LedgerMapping.Code("period", request.Period),
            Layer = LedgerMapping.Layer("layer", request.Layer),
        };
    }

    /// <summary>As they came: the domain names what is wrong with them, all at once.</summary>
    public static ImmutableArray<StructureChange> Changes(IEnumerable<V1.StructureChange> changes) =>
    [
        .. changes.Select(change => new StructureChange
        {
            Line = change.Line,
            Change = change.Change,
            Tree = change.Tree,
            From = change.From,
            Unit = change.Unit,
            Parent = change.Parent,
            Into = change.Into,
            Name = change.Name,
            Kind = change.Kind,
            Level = change.Level,
            Children = change.Children,
        }),
    ];

    public static V1.RestructuringPlan Plan(RestructurePlan plan)
    {
        var reply = new V1.RestructuringPlan
        {
            StructureVersion = plan.StructureVersion,
            From = LedgerMapping.Text(plan.From),
            On = LedgerMapping.Text(plan.On),
        };
        reply.Units.AddRange(plan.Units.Select(unit => new V1.PlannedUnit
        {
            Tree = unit.Tree,
            Unit = unit.Unit,
            Before = unit.Before is { } before ? TenantMapping.Unit(before) : null,
            After = unit.After is { } after ? TenantMapping.Unit(after) : null,
        }));
        reply.Branches.AddRange(plan.Branches.Select(branch => new V1.PlannedBranch
        {
            Tree = branch.Tree,
            Unit = branch.Unit,
            UnitName = branch.UnitName,
            Gained = { branch.Gained },
            Lost = { branch.Lost },
            Before = Total(branch.Before),
            After = Total(branch.After),
        }));
        reply.Losses.AddRange(plan.Losses.Select(loss => new V1.PlannedLoss
        {
            Tree = loss.Tree,
            Unit = loss.Unit,
            UnitName = loss.UnitName,
            Form = loss.Form,
            Period = loss.Period,
            Revision = loss.Revision,
            Locked = loss.IsLocked,
            Totals = { loss.Totals },
            Leaves = loss.Leaves,
            Successor = loss.Successor,
        }));
        return reply;
    }

    /// <exception cref="RefusedException">A field is missing or not well formed.</exception>
    public static (LedgerKey Ledger, SeriesQuery Query) Series(Caller caller, V1.GetSeriesRequest request)
    {
        if (request.Periods.Count == 0)
        {
            throw Faults.Refuse(Faults.Missing("periods"));
        }

        foreach (var period in request.Periods)
        {
            LedgerMapping.Code("periods", period);
        }

        var query = new SeriesQuery
        {
            Total = new TotalQuery
            {
                Tree = LedgerMapping.Tree("tree", request.Tree),
                Scope = LedgerMapping.Scope("scope", request.Scope),
                Layer = LedgerMapping.Layer("layer", request.Layer),
            },
            Periods = [.. request.Periods],
            Mode = request.Mode switch
            {
                V1.StructureMode.AsItWas => StructureMode.AsItWas,
                V1.StructureMode.Restated => StructureMode.Restated,
                V1.StructureMode.Unspecified => throw Faults.Refuse(Faults.Missing("mode")),
                _ => throw Faults.Refuse(Faults.OutOfRange("mode", (long)request.Mode, 1, 2)),
            },
            On = LedgerMapping.Date("on", request.On),
        };
        return (LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Periods[^1]), query);
    }

    public static V1.Series Series(LedgerKey ledger, SeriesView view)
    {
        var reply = new V1.Series
        {
            Unit = ledger.Unit,
            Form = ledger.Form,
            Mode = view.Mode == StructureMode.Restated ? V1.StructureMode.Restated : V1.StructureMode.AsItWas,
            On = LedgerMapping.Text(view.On),
            StructureVersion = view.StructureVersion,
        };
        foreach (var point in view.Points)
        {
            var sent = new V1.SeriesPoint
            {
                Period = point.Period,
                InForce = point.InForce,
                UnitName = point.UnitName,
                Coverage = RollupMapping.Coverage(point.Coverage),
                Digest = point.Digest,
            };
            RollupMapping.AddCells(sent.Cells, point.Cells);
            RollupMapping.AddDerived(sent.Derived, point.Derived);
            reply.Points.Add(sent);
        }

        return reply;
    }

    private static V1.PlannedTotal? Total(PlannedTotal? total)
    {
        if (total is null)
        {
            return null;
        }

        var reply = new V1.PlannedTotal { Coverage = RollupMapping.Coverage(total.Coverage), Digest = total.Digest };
        RollupMapping.AddCells(reply.Cells, total.Cells);
        return reply;
    }
}
