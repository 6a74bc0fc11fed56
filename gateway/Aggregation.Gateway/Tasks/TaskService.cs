using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Tasks;

/// <summary>Offices hand out tasks, see who is late, and give more time.</summary>
internal sealed class TaskService(IGrainFactory grains, ObligationWatcher watcher) : V1.TaskService.TaskServiceBase
{
    [Requires(Roles.Administrator)]
    public override async Task<V1.OpenTaskResponse> OpenTask(V1.OpenTaskRequest request, ServerCallContext context) =>
        TaskMapping.Opened(await Grain(context).Open(context.Caller(), TaskMapping.Open(request), context.CancellationToken));

    [Requires(Roles.Administrator)]
    public override async Task<V1.ReportingTask> CancelTask(V1.CancelTaskRequest request, ServerCallContext context) =>
        TaskMapping.Task(await Grain(context).Cancel(context.Caller(), new CancelTaskCommand(
            LedgerMapping.Code("form", request.Form), LedgerMapping.Code("period", request.Period), request.Reason)));

    [Requires(Roles.Member)]
    public override async Task<V1.ListTasksResponse> ListTasks(V1.ListTasksRequest request, ServerCallContext context)
    {
        var reply = new V1.ListTasksResponse();
        foreach (var task in await Grain(context).List(context.Caller()))
        {
            reply.Tasks.Add(TaskMapping.Task(task));
        }

        return reply;
    }

    [Requires(Roles.Member)]
    public override async Task<V1.ReportingTask> GetTask(V1.GetTaskRequest request, ServerCallContext context) =>
        TaskMapping.Task(await Grain(context).Get(
            context.Caller(), LedgerMapping.Code("form", request.Form), LedgerMapping.Code("period", request.Period)));

    [Requires(Roles.Member)]
    public override async Task<V1.ObligationsResponse> Obligations(V1.ObligationsRequest request, ServerCallContext context) =>
        TaskMapping.Page(await Grain(context).Obligations(context.Caller(), TaskMapping.Query(request), context.CancellationToken));

    [Requires(Roles.Member)]
    public override Task WatchObligations(
        V1.WatchObligationsRequest request, IServerStreamWriter<V1.ObligationCounts> responseStream, ServerCallContext context) =>
        watcher.Watch(TaskMapping.Scope(request.Form, request.Period, request.Tree, request.Unit), responseStream, context);

    [Requires(Roles.Reviewer | Roles.Administrator)]
    public override async Task<V1.Obligation> GrantExtension(V1.GrantExtensionRequest request, ServerCallContext context)
    {
        var command = new ExtendCommand
        {
            Form = LedgerMapping.Code("form", request.Form),
            Period = LedgerMapping.Code("period", request.Period),
            Unit = LedgerMapping.Code("unit", request.Unit),
            Deadline = request.Deadline,
            Reason = request.Reason,
        };
        return TaskMapping.Obligation(await Grain(context).Extend(context.Caller(), command, context.CancellationToken));
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.WorkingCalendar> SetCalendar(V1.SetCalendarRequest request, ServerCallContext context)
    {
        var days = request.Days.Select(day => new CalendarDay(day.Line, day.Day, day.Kind));
        return TaskMapping.Calendar(await Grain(context).SetCalendar(context.Caller(), new SetCalendarCommand(request.Year, [.. days])));
    }

    [Requires(Roles.Member)]
    public override async Task<V1.WorkingCalendar> GetCalendar(V1.GetCalendarRequest request, ServerCallContext context) =>
        TaskMapping.Calendar(await Grain(context).GetCalendar(context.Caller(), request.Year));

    private ITaskGrain Grain(ServerCallContext context) =>
        grains.GetGrain<ITaskGrain>(TenantKeys.TasksOf(context.Caller().Tenant));
}
