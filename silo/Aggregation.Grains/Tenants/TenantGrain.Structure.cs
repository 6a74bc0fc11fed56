using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure.Changes;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Tenants;

/// <content>Changes of the structure: planned, and applied as one.</content>
internal sealed partial class TenantGrain
{
    public async Task<RestructurePlan> PlanRestructuring(Caller caller, RestructureCommand command)
    {
        var state = await AdministerAsync(caller);
        var result = Restructure(state, command);
        var frame = command is { Form: { } form, Period: { } period }
            ? LedgerFrame.Read(new LedgerKey(Tenant, form, period, ""), forms)
            : null;
        return await RestructurePlanner.PlanAsync(state, result, frame, command.Layer, journal);
    }

    public async Task<Restructured> ApplyRestructuring(Caller caller, RestructureCommand command)
    {
        var state = await AdministerAsync(caller);
        var entry = StructureChanges.Entry(command, command.StructureVersion);
        if (state.Structure.Version != command.StructureVersion)
        {
            // An answer may have been lost: the list that made the present structure is not refused when it comes again.
            return state.LastChanges is { } last && last.StructureVersion == entry.StructureVersion && last.Changes.Equals(entry.Changes)
                ? new Restructured(state.Structure.Version, command.Changes.Min(change => DateOnly.ParseExact(change.From, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
                : throw new RefusedException(
                    RefusalKind.Stale,
                    $"structure_version: the structure is at {state.Structure.Version}, not {command.StructureVersion}; plan again.")
                {
                    CurrentRevision = state.Structure.Version,
                };
        }

        var result = Restructure(state, command);
        if (!command.AcceptLoss)
        {
            RestructureLosses.RequireNone(await RestructureLosses.FindAsync(Tenant, state.Structure, result, journal));
        }

        var after = await DecideAsync(state, EntryKinds.UnitsRestructured, entry, caller);
        return new Restructured(after.Structure.Version, result.From);
    }

    private static RestructureResult Restructure(TenantState state, RestructureCommand command)
    {
        var result = state.Structure.Restructure(StructureChanges.Rows(StructureChanges.Entry(command, 0)));
        return result.Structure is not null ? result : throw Refuse.Invalid(
            $"{result.Faults.Length} faults in the changes; none was applied.", TenantRules.Violations(result.Faults, "changes"));
    }
}
