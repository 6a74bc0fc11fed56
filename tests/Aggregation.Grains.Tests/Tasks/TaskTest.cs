using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Tasks;

/// <summary>A silo whose tenant may open tasks, relative to the silo's own day.</summary>
public abstract class TaskTest(ClassSilo silo) : SiloTest(silo)
{
    private protected const string Form = "interaction";
    private protected const string Period = "2017";

    private protected static FilterText Everything { get; } = new([], [], "", []);

    /// <summary>The four departments, and not the institute under one of them.</summary>
    private protected static FilterText Departments { get; } = new(["department"], [], "", []);

    private protected ITaskGrain Tasks => Silo.Grains.GetGrain<ITaskGrain>(TenantKeys.TasksOf(Tenant));

    private protected string Day(int later) =>
        CivilDay.Of(Silo.Clock.GetUtcNow()).AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Obliges some units until a day from now.</summary>
    private protected OpenTaskCommand Opening(int days, params ImmutableArray<FilterText> obliged) => new()
    {
        Form = Form,
        Period = Period,
        Rules = new TaskRules { Obliged = obliged, Deadlines = [new DeadlineText(Everything, Day(days), 0, 0)], ReminderDays = 2 },
    };

    private protected Task<TaskOpened> OpenAsync(int days, params ImmutableArray<FilterText> obliged) =>
        Tasks.Open(Caller, Opening(days, obliged), CancellationToken.None);

    private protected async Task<int> ExpectedAsync(string unit, Scope scope = Scope.Region, string tree = Names.Territory) =>
        (await ViewAsync(unit, scope, tree: tree)).Coverage.Expected;

    private protected Task<ObligationCounts> CountAsync(string unit = Province) =>
        Tasks.Count(Caller, new ObligationScope { Form = Form, Period = Period, Under = unit }, CancellationToken.None);

    private protected async Task<ObligationView> StandAsync(string unit)
    {
        var page = await ListAsync(unit);
        return page.Units[0];
    }

    private protected Task<ObligationsPage> ListAsync(
        string under = Province, int limit = 100, string after = "", params ImmutableArray<ObligationFilter> only) => Tasks.Obligations(
            Caller,
            new ObligationsQuery
            {
                Scope = new ObligationScope { Form = Form, Period = Period, Under = under }, Limit = limit, AfterUnit = after, Only = only,
            },
            CancellationToken.None);

    private protected async Task RestructureAsync(params StructureChange[] changes)
    {
        var plan = await Silo.Tenant(Tenant).PlanRestructuring(Caller, new RestructureCommand { Changes = [.. changes] });
        await Silo.Tenant(Tenant).ApplyRestructuring(
            Caller, new RestructureCommand { Changes = [.. changes], StructureVersion = plan.StructureVersion, AcceptLoss = true });
    }
}
