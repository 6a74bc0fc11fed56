using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Tasks;

/// <summary>
/// Decides on a tenant's tasks. Its decisions stand in the tenant's own stream, so every silo knows them with the rest of the
/// tenant; if another decision comes in between, nothing is decided and the caller is told to ask again.
/// </summary>
internal sealed partial class TaskGrain(
    IJournal journal, TenantCatalog catalog, FormCatalog forms, LatestRows latest, TimeProvider clock, ILogger<TaskGrain> logger)
    : Grain, ITaskGrain
{
    private const int MostNamed = 100;

    private string Tenant => TenantKeys.TenantOfTasks(this.GetPrimaryKeyString());

    public async Task<TaskOpened> Open(Caller caller, OpenTaskCommand command, CancellationToken cancellation)
    {
        Access.RequireAdministrator(caller, Tenant);
        var frame = Frame(command.Form, command.Period);
        var state = await catalog.RefreshAsync(Tenant);
        var rules = command.Rules;
        if (!state.Structure.HasTree(rules.Tree))
        {
            throw Refuse.Invalid("tree", rules.Tree, "an existing tree", "机构树不存在", "there is no such tree");
        }

        var view = state.Structure.At(rules.Tree, frame.Day);
        var filed = await FiledAsync(frame, cancellation);
        if (state.Tasks.TryFind(frame.Key.Form, frame.Key.Period, out var present))
        {
            // An answer may have been lost: the same task is not refused when it comes again.
            return TaskEntries.Write(present.Rules).Equals(TaskEntries.Write(rules))
                ? Opened(present, view, filed, [], [])
                : throw new RefusedException(
                    RefusalKind.AlreadyExists, $"Another task for form {present.Form} and {present.Period} was opened on {present.OpenedAt:yyyy-MM-dd}.");
        }

        var plan = TaskPlanner.Plan(rules, frame.Period, view, state.Calendar, filed, CivilDay.Of(clock.GetUtcNow()));
        if (!plan.Faults.IsEmpty)
        {
            throw Refuse.Invalid($"{plan.Faults.Length} faults in the task; it was not opened.", Violations(plan.Faults));
        }

        var entry = new TaskOpenedEntry
        {
            Form = frame.Key.Form,
            Period = frame.Key.Period,
            Text = TaskEntries.Write(rules),
            OpensOn = TaskEntries.Text(plan.OpensOn),
            Groups = { plan.Groups.Select(TaskEntries.Write) },
            StructureVersion = state.Structure.Version,
        };
        if (command.DryRun)
        {
            return Opened(TaskEntries.Read(entry, clock.GetUtcNow(), caller.KeyId), view, filed, plan.FiledOutside, plan.YearsWithoutCalendar);
        }

        var after = await DecideAsync(state, EntryKinds.TaskOpened, entry, caller);
        CatchUp(frame.Key.Form, frame.Key.Period);
        return Opened(
            after.Tasks.Find(frame.Key.Form, frame.Key.Period)!, view, filed, plan.FiledOutside, plan.YearsWithoutCalendar);
    }

    public async Task<TaskView> Cancel(Caller caller, CancelTaskCommand command)
    {
        Access.RequireAdministrator(caller, Tenant);
        TenantRules.RequireText("reason", command.Reason, RequestRules.LongestText);
        var state = await catalog.RefreshAsync(Tenant);
        var task = Find(state, command.Form, command.Period);
        _lookedAfter.Remove((task.Form, task.Period));
        await DecideAsync(state, EntryKinds.TaskCancelled, new TaskCancelledEntry
        {
            Form = task.Form, Period = task.Period, Reason = command.Reason,
        }, caller);
        return TaskViews.View(task);
    }

    public async Task<ObligationView> Extend(Caller caller, ExtendCommand command, CancellationToken cancellation)
    {
        Access.RequireTenant(caller, Tenant);
        var frame = Frame(command.Form, command.Period);
        var state = await catalog.RefreshAsync(Tenant);
        ObligationRights.RequireExtend(caller, state.Structure, frame.Day, command.Unit);
        TenantRules.RequireText("reason", command.Reason, RequestRules.LongestText);
        var task = Find(state, command.Form, command.Period);
        if (!task.Units.Contains(command.Unit))
        {
            throw Refuse.NotFound($"obligation to report {task.Form} for {task.Period} of", command.Unit);
        }

        var unit = UnitOf(state.Structure, task, frame.Day, command.Unit);
        var deadline = ReadDeadline(command.Deadline);
        var owed = task.Of(command.Unit, null, counts: false);
        if (owed.Deadline != deadline || owed.Extension?.Reason != command.Reason)
        {
            RequireLater(deadline, owed.Deadline);
            state = await DecideAsync(state, EntryKinds.ExtensionGranted, new ExtensionGrantedEntry
            {
                Form = task.Form, Period = task.Period, Unit = command.Unit, Deadline = TaskEntries.Text(deadline), Reason = command.Reason,
            }, caller);
            task = Find(state, command.Form, command.Period);
        }

        var filings = await Filings.ReadAsync(latest, Tenant, task.Form, task.Period, [command.Unit], cancellation);
        var filing = filings.GetValueOrDefault(command.Unit);
        return TaskViews.View(unit, task.Of(command.Unit, filing.FiledAt, filing.Counts), filing, clock.GetUtcNow());
    }

    public async Task<int> Admit(string form, string period, CancellationToken cancellation)
    {
        var state = await catalog.RefreshAsync(Tenant);
        if (!state.Tasks.TryFind(form, period, out var task))
        {
            return 0;
        }

        var frame = Frame(form, period);
        var filed = await FiledAsync(frame, cancellation);
        filed.ExceptWith(task.Units.Codes);
        if (filed.Count == 0)
        {
            return 0;
        }

        var view = state.Structure.At(task.Rules.Tree, frame.Day);
        var groups = filed.Order(StringComparer.Ordinal)
            .GroupBy(unit => TaskPlanner.DeadlineOf(task, unit, frame.Period, view, state.Calendar))
            .Select(group => new DeadlineGroup(group.Key, [.. group]));
        await DecideAsync(state, EntryKinds.TaskUnitsAdded, new TaskUnitsAddedEntry
        {
            Form = form, Period = period, Groups = { groups.Select(TaskEntries.Write) },
        }, task.OpenedBy);
        LogAdmitted(Tenant, form, period, filed.Count);
        return filed.Count;
    }

    private static ReportingTask Find(TenantState state, string form, string period) =>
        state.Tasks.Find(form, period) ?? throw Refuse.NotFound($"task for form {form} and", period);

    private static void RequireLater(DateOnly deadline, DateOnly present)
    {
        if (deadline <= present)
        {
            throw Refuse.Invalid("deadline", TaskEntries.Text(deadline), $"> {TaskEntries.Text(present)}",
                "延期后的期限应晚于现有期限", $"is not later than the unit's last day is now, {TaskEntries.Text(present)}");
        }
    }

    private static DateOnly ReadDeadline(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year <= CalendarYear.LastYear
            ? day
            : throw Refuse.Invalid("deadline", text, "YYYY-MM-DD, until 2200", "日期应写作 YYYY-MM-DD，不晚于 2200 年", "is a day YYYY-MM-DD until 2200");

    private static ImmutableArray<Violation> Violations(ImmutableArray<TaskFault> faults) =>
    [
        .. faults.Select(fault => new Violation
        {
            Field = fault.Field, Value = fault.Value, Rule = fault.Rule, MessageZh = fault.MessageZh, MessageEn = fault.MessageEn,
        }),
    ];

    private static TaskOpened Opened(
        ReportingTask task, TreeView view, HashSet<string> filed, ImmutableArray<string> outside, ImmutableArray<int> years) => new(
        TaskViews.View(task),
        [.. TaskPlanner.Rows(view, task.Units, filed)],
        [.. outside.Take(MostNamed)],
        outside.Length,
        years);

    /// <summary>The units whose reports are there.</summary>
    private async Task<HashSet<string>> FiledAsync(LedgerFrame frame, CancellationToken cancellation)
    {
        var (form, period) = (frame.Key.Form, frame.Key.Period);
        var digests = await journal.ScanDigestsAsync(Tenant, form, period, cancellation);
        var filings = await Filings.ReadAsync(latest, Tenant, form, period, digests.Select(digest => digest.Unit), cancellation);
        return filings.Keys.ToHashSet(StringComparer.Ordinal);
    }

    private LedgerFrame Frame(string form, string period) => LedgerFrame.Read(new LedgerKey(Tenant, form, period, ""), forms);

    private Task<TenantState> DecideAsync(TenantState state, string kind, IMessage payload, Caller caller) =>
        DecideAsync(state, kind, payload, caller.KeyId, caller.Origin);

    private async Task<TenantState> DecideAsync(TenantState state, string kind, IMessage payload, string actor, long origin = 0)
    {
        var entry = await journal.AppendAsync(
            Tenant, TenantState.Stream, state.Version, state.Head, kind, payload, actor, clock.GetUtcNow(), origin);
        return catalog.Apply(state, entry);
    }

    [LoggerMessage(1, LogLevel.Information, "Task {Form} {Period} of {Tenant}: {Units} units that filed while it was being opened were put on its list")]
    private partial void LogAdmitted(string tenant, string form, string period, int units);

    [LoggerMessage(2, LogLevel.Warning, "Task {Form} {Period} of {Tenant}: could not look for units that filed while it was being opened; tries again")]
    private partial void LogNotLooked(Exception exception, string tenant, string form, string period);
}
