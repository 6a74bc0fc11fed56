using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tasks;

/// <content>How units stand. By the silo's present knowledge of the tenant, and what ledgers count now.</content>
internal sealed partial class TaskGrain
{
    /// <summary>
    /// How long after an opening a silo may still have taken a submission without knowing of the task: tenants are looked at once a
    /// second, and an append that is under way ends within its timeout.
    /// </summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

    /// <summary>A silo that stopped soon after an opening did not look; whoever asks about a task this young makes the next one look.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    private const int MostCounted = 256;

    private readonly HashSet<(string Form, string Period)> _lookedAfter = [];

    /// <summary>Counts by scope, with the journal's position, the tenant's version and the day that they are of.</summary>
    private readonly Dictionary<ObligationScope, ((long Position, long Version, DateOnly Day) At, ObligationCounts Counts)> _counted = [];

    public async Task<ImmutableArray<TaskView>> List(Caller caller)
    {
        Access.RequireTenant(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        return
        [
            .. state.Tasks.All.OrderBy(task => task.Period, StringComparer.Ordinal).ThenBy(task => task.Form, StringComparer.Ordinal)
                .Select(TaskViews.View),
        ];
    }

    public async Task<TaskView> Get(Caller caller, string form, string period)
    {
        Access.RequireTenant(caller, Tenant);
        return TaskViews.View(Find(await catalog.GetAsync(Tenant), form, period));
    }

    public async Task<ObligationsPage> Obligations(Caller caller, ObligationsQuery query, CancellationToken cancellation)
    {
        var (task, units, _) = await ScopeAsync(caller, query.Scope);
        var place = query.AfterUnit.Length == 0 ? -1 : units.FindIndex(unit => unit.Code == query.AfterUnit);
        if (place < 0 && query.AfterUnit.Length > 0)
        {
            throw Refuse.Invalid("after_unit", query.AfterUnit, "a unit of the list",
                "名单中没有此单位", "is not on the list under this unit");
        }

        var filings = await FilingsAsync(task, units, cancellation);
        var now = clock.GetUtcNow();
        var counts = new Tally();
        var page = ImmutableArray.CreateBuilder<ObligationView>();
        var hasMore = false;
        for (var i = 0; i < units.Count; i++)
        {
            var view = Stand(task, units[i], filings, now);
            counts.Add(view);
            if (i <= place || hasMore || !query.Only.All(filter => Passes(view, filter)))
            {
                continue;
            }

            if (page.Count < query.Limit)
            {
                page.Add(view);
            }
            else
            {
                hasMore = true;
            }
        }

        return new ObligationsPage(page.ToImmutable(), hasMore, counts.ToCounts());
    }

    public async Task<ObligationCounts> Count(Caller caller, ObligationScope scope, CancellationToken cancellation)
    {
        var (task, units, version) = await ScopeAsync(caller, scope);
        var now = clock.GetUtcNow();

        // Watchers look every second, and mostly nothing was written since: then nothing but the day can change how units stand.
        var at = (await journal.ReadPositionAsync(cancellation), version, CivilDay.Of(now));
        if (_counted.TryGetValue(scope, out var known) && known.At == at)
        {
            return known.Counts;
        }

        var filings = await FilingsAsync(task, units, cancellation);
        var tally = new Tally();
        foreach (var unit in units)
        {
            tally.Add(Stand(task, unit, filings, now));
        }

        if (_counted.Count >= MostCounted)
        {
            _counted.Clear();
        }

        return (_counted[scope] = (at, tally.ToCounts())).Counts;
    }

    public Task RequireRead(Caller caller, ObligationScope scope) => ScopeAsync(caller, scope);

    private static ObligationView Stand(ReportingTask task, Unit unit, Dictionary<string, Filing> filings, DateTimeOffset now)
    {
        var filing = filings.GetValueOrDefault(unit.Code);
        return TaskViews.View(unit, task.Of(unit.Code, filing.FiledAt, filing.Counts), filing, now);
    }

    private static bool Passes(ObligationView view, ObligationFilter filter) => filter switch
    {
        ObligationFilter.Filed => view.Revision > 0,
        ObligationFilter.Unfiled => view.Revision == 0,
        ObligationFilter.Missing => view.IsMissing,
        ObligationFilter.Late => view.IsLate,
        ObligationFilter.Due => view.IsDue,
        ObligationFilter.Returned => view.State == FilingState.Returned,
        _ => view.Extension is not null,
    };

    private static Unit UnitOf(AdministrativeStructure structure, ReportingTask task, DateOnly day, string code)
    {
        foreach (var tree in structure.Trees.OrderBy(tree => tree != task.Rules.Tree))
        {
            if (structure.At(tree, day).TryFind(code, out var unit))
            {
                return unit;
            }
        }

        throw structure.DepartureOf(code, day) is { } left
            ? Refuse.Left(RefusalKind.FailedPrecondition, left)
            : Refuse.NotFound($"unit in {task.Period}", code);
    }

    /// <summary>The task, the units of its list at and under a unit in the tree's order, and the version of the tenant they are by.</summary>
    private async Task<(ReportingTask Task, List<Unit> Units, long Version)> ScopeAsync(Caller caller, ObligationScope scope)
    {
        Access.RequireTenant(caller, Tenant);
        var frame = Frame(scope.Form, scope.Period);
        var state = await catalog.GetAsync(Tenant);
        ObligationRights.RequireRead(caller, state.Structure, frame.Day, scope.Tree, scope.Under);
        if (!state.Structure.HasTree(scope.Tree) || !state.Structure.At(scope.Tree, frame.Day).TryFind(scope.Under, out _))
        {
            throw LedgerShape.Absent(state.Structure, frame with { Key = frame.Key.At(scope.Under) }, scope.Tree);
        }

        var task = Find(state, scope.Form, scope.Period);
        if (clock.GetUtcNow() - task.OpenedAt < Young)
        {
            CatchUp(task.Form, task.Period);
        }

        return (task, [.. state.Structure.At(scope.Tree, frame.Day).PreOrder(scope.Under).Where(unit => task.Units.Contains(unit.Code))], state.Version);
    }

    private Task<Dictionary<string, Filing>> FilingsAsync(ReportingTask task, List<Unit> units, CancellationToken cancellation) =>
        Filings.ReadAsync(latest, Tenant, task.Form, task.Period, units.Select(unit => unit.Code), cancellation);

    /// <summary>
    /// Looks again when every silo knows of the task: whoever was acknowledged until then is put on its list, so that no rate passes 100 %.
    /// </summary>
    private void CatchUp(string form, string period)
    {
        if (!_lookedAfter.Add((form, period)))
        {
            return;
        }

        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions { DueTime = Spread, Period = Spread, KeepAlive = true });

        async Task LookAsync(CancellationToken cancellation)
        {
            try
            {
                await Admit(form, period, cancellation);
                timer!.Dispose();
            }
            catch (Exception exception) when (exception is RefusedException or JournalUnavailableException)
            {
                LogNotLooked(exception, Tenant, form, period);
            }
        }
    }

    private sealed class Tally
    {
        private int _expected, _filed, _accepted, _returned, _nil, _late, _missing, _open, _due, _extended;

        public void Add(ObligationView view)
        {
            _expected++;
            _filed += view.Revision > 0 ? 1 : 0;
            _accepted += view.State == FilingState.Accepted ? 1 : 0;
            _returned += view.State == FilingState.Returned ? 1 : 0;
            _nil += view is { Revision: > 0, Nil: true } ? 1 : 0;
            _late += view.IsLate ? 1 : 0;
            _missing += view.IsMissing ? 1 : 0;
            _open += view.Revision == 0 && !view.IsMissing ? 1 : 0;
            _due += view.IsDue ? 1 : 0;
            _extended += view.Extension is not null ? 1 : 0;
        }

        public ObligationCounts ToCounts() => new()
        {
            Expected = _expected, Filed = _filed, Accepted = _accepted, Returned = _returned, Nil = _nil, Late = _late,
            Missing = _missing, Open = _open, Due = _due, Extended = _extended,
        };
    }
}
