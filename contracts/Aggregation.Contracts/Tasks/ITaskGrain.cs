using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Tasks;

/// <summary>
/// 填报任务: who owes which report and by when, and how it stands. Tasks, extensions and calendars are decisions in the
/// tenant's stream; how units stand is read from what ledgers count, and no ledger is woken for it. Key
/// <see cref="Tenants.TenantKeys.TasksOf"/>.
/// </summary>
[Alias("aggregation.ITaskGrain")]
public interface ITaskGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens a task and freezes its list; or only shows what it would come to. The same task sent again is answered again; another
    /// one for the same form and period is refused. Administrators only.
    /// </summary>
    [Alias("Open")]
    Task<TaskOpened> Open(Caller caller, OpenTaskCommand command, CancellationToken cancellation);

    /// <summary>Takes a task back, with a reason: coverage counts every unit again, and another task may be opened. Administrators only.</summary>
    [Alias("Cancel")]
    Task<TaskView> Cancel(Caller caller, CancelTaskCommand command);

    /// <summary>Every task of the tenant, by period and form. For everybody in the tenant.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<TaskView>> List(Caller caller);

    [Alias("Get"), AlwaysInterleave]
    Task<TaskView> Get(Caller caller, string form, string period);

    /// <summary>How the obliged units at and under a unit stand, in the tree's order.</summary>
    [Alias("Obligations"), AlwaysInterleave]
    Task<ObligationsPage> Obligations(Caller caller, ObligationsQuery query, CancellationToken cancellation);

    /// <summary>How many of the obliged units at and under a unit stand how.</summary>
    [Alias("Count"), AlwaysInterleave]
    Task<ObligationCounts> Count(Caller caller, ObligationScope scope, CancellationToken cancellation);

    /// <summary>Refuses a caller who may not see how the units of a scope stand.</summary>
    [Alias("RequireRead"), AlwaysInterleave]
    Task RequireRead(Caller caller, ObligationScope scope);

    /// <summary>
    /// Gives one unit a later last day, with a reason. For administrators, and keys that review the unit.
    /// </summary>
    [Alias("Extend")]
    Task<ObligationView> Extend(Caller caller, ExtendCommand command, CancellationToken cancellation);

    /// <summary>Says which days of a year are worked, in place of what was said before. Administrators only.</summary>
    [Alias("SetCalendar")]
    Task<CalendarView> SetCalendar(Caller caller, SetCalendarCommand command);

    /// <summary>What was said of a year. For everybody in the tenant.</summary>
    [Alias("GetCalendar"), AlwaysInterleave]
    Task<CalendarView> GetCalendar(Caller caller, int year);

    /// <summary>
    /// Puts units on a task's list that filed while it was being opened, and were acknowledged before every silo knew of it. Called
    /// after an opening, never by a user.
    /// </summary>
    [Alias("Admit")]
    Task<int> Admit(string form, string period, CancellationToken cancellation);
}
