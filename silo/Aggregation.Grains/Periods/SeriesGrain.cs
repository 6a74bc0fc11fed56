using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Periods;

/// <summary>Holds nothing: the ledgers or the journal answer each time.</summary>
internal sealed class SeriesGrain(IJournal journal, TenantCatalog tenants, FormCatalog forms, IGrainFactory grains, TimeProvider clock) : Grain, ISeriesGrain
{
    public async Task<SeriesView> GetSeries(Caller caller, SeriesQuery query)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        if (query.Periods.Length is 0 or > SeriesQuery.MaxPeriods)
        {
            throw Refuse.Invalid(
                "periods", query.Periods.Length.ToString(CultureInfo.InvariantCulture), $"1..{SeriesQuery.MaxPeriods}",
                $"应有 1 至 {SeriesQuery.MaxPeriods} 个报告期", $"has 1 to {SeriesQuery.MaxPeriods} periods");
        }

        var frames = query.Periods.Select(period => LedgerFrame.Read(key with { Period = period }, forms)).ToList();
        var structure = (await tenants.GetAsync(key.Tenant)).Structure;
        if (!structure.HasTree(query.Total.Tree))
        {
            throw Refuse.NotFound("tree", query.Total.Tree);
        }

        return query.Mode == StructureMode.AsItWas
            ? await AsItWasAsync(caller, query, frames, structure)
            : await RestatedAsync(caller, query, frames, structure);
    }

    private async Task<SeriesView> AsItWasAsync(
        Caller caller, SeriesQuery query, List<LedgerFrame> frames, AdministrativeStructure structure)
    {
        if (!frames.Any(frame => Stood(structure, query, frame, frame.Key.Unit)))
        {
            Access.RequireTotal(caller, structure, frames[0].Day, query.Total.Tree, frames[0].Key.Unit);
            throw structure.DepartureOf(query.Total.Tree, frames[0].Key.Unit, frames[0].Day) is { } left
                ? Refuse.Left(RefusalKind.NotFound, left)
                : Refuse.NotFound("unit in any of the periods", frames[0].Key.Unit);
        }

        var points = await Task.WhenAll(frames.Select(async frame =>
        {
            if (!Stood(structure, query, frame, frame.Key.Unit))
            {
                return new SeriesPoint { Period = frame.Key.Period, InForce = false };
            }

            var total = await grains.GetGrain<ILedgerGrain>(frame.Key.ToString()).GetTotal(caller, query.Total);
            return new SeriesPoint
            {
                Period = frame.Key.Period,
                InForce = true,
                UnitName = total.UnitName,
                Coverage = total.Coverage,
                Digest = total.Digest,
                Cells = total.Cells,
                Derived = total.Derived,
            };
        }));
        return new SeriesView { Mode = query.Mode, StructureVersion = structure.Version, Points = [.. points] };
    }

    private async Task<SeriesView> RestatedAsync(
        Caller caller, SeriesQuery query, List<LedgerFrame> frames, AdministrativeStructure structure)
    {
        var (tree, code) = (query.Total.Tree, frames[0].Key.Unit);
        var day = query.On ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        Access.RequireTotal(caller, structure, day, tree, code);
        var view = structure.At(tree, day);
        if (!view.TryFind(code, out var unit))
        {
            throw structure.DepartureOf(tree, code, day) is { } left
                ? Refuse.Left(RefusalKind.NotFound, left)
                : Refuse.NotFound($"unit in tree '{tree}' on {day:yyyy-MM-dd}", code);
        }

        var homes = structure.HomesOn(tree, day).At(view.Members(code, query.Total.Scope)).ToList();
        var points = ImmutableArray.CreateBuilder<SeriesPoint>(frames.Count);
        foreach (var frame in frames)
        {
            // Figures, reports and expected units are all of these: what has left the period's tree counts in neither mode.
            var sources = homes.Where(unit => structure.Counts(tree, unit, frame.Day)).ToList();
            var figures = await BranchFigures.ReadAsync(frame, query.Total.Layer, sources, journal);
            var (totals, digest, counts) = figures.Sum(sources);
            var obliged = tenants.Seen(frame.Key.Tenant).Tasks.Find(frame.Key.Form, frame.Key.Period)?.Units;
            points.Add(new SeriesPoint
            {
                Period = frame.Key.Period,
                InForce = true,
                UnitName = unit.Name,
                Coverage = FigureViews.ToCoverage(counts, sources.Count(source => obliged?.Contains(source) != false)),
                Digest = digest.ToString(),
                Cells = FigureViews.Cells(frame, totals),
                Derived = FigureViews.Derived(frame, totals),
            });
        }

        return new SeriesView { Mode = query.Mode, On = day, StructureVersion = structure.Version, Points = points.MoveToImmutable() };
    }

    private static bool Stood(AdministrativeStructure structure, SeriesQuery query, LedgerFrame frame, string unit) =>
        structure.At(query.Total.Tree, frame.Day).TryFind(unit, out _);
}
