using Aggregation.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Tasks as the server might answer them; keeps what it was asked.</summary>
internal sealed class FakeTaskService(FakeAnswers answers) : TaskService.TaskServiceBase
{
    public override Task<OpenTaskResponse> OpenTask(OpenTaskRequest request, ServerCallContext context) => Answer(request, new OpenTaskResponse
    {
        Task = Of(request.Form, request.Period),
        Rows = { new TaskRow { Kind = "department", Level = "city", Deadline = "2018-01-26", Units = 1204, Filed = 2 } },
        FiledOutside = { "360313" },
        FiledOutsideCount = 4,
        YearsWithoutCalendar = { 2018 },
    });

    public override Task<ReportingTask> CancelTask(CancelTaskRequest request, ServerCallContext context) =>
        Answer(request, Of(request.Form, request.Period));

    public override Task<ListTasksResponse> ListTasks(ListTasksRequest request, ServerCallContext context) =>
        Answer(request, new ListTasksResponse { Tasks = { Of("2014", "2016"), Of("2014", "2017") } });

    public override Task<ReportingTask> GetTask(GetTaskRequest request, ServerCallContext context) =>
        Answer(request, Of(request.Form, request.Period));

    public override Task<ObligationsResponse> Obligations(ObligationsRequest request, ServerCallContext context) => Answer(request, new ObligationsResponse
    {
        Obligations =
        {
            new Obligation { Unit = "360300-S01", UnitName = "[局]", State = FilingState.None, Deadline = "2018-01-26", Missing = true },
            new Obligation
            {
                Unit = "360300-S02",
                UnitName = "局",
                State = FilingState.Accepted,
                Deadline = "2018-02-09",
                Extension = new V1.Extension { Deadline = "2018-02-09", Reason = "洪水" },
                Late = true,
                FiledAt = new Timestamp { Seconds = 1_518_220_800 },
                Revision = 1,
            },
        },
        HasMore = true,
        Counts = new ObligationCounts { Expected = 9, Filed = 1, Missing = 8 },
    });

    public override async Task WatchObligations(
        WatchObligationsRequest request, IServerStreamWriter<ObligationCounts> responseStream, ServerCallContext context)
    {
        answers.TaskRequests.Add(request);
        for (var filed = 0; ; filed++)
        {
            await responseStream.WriteAsync(new ObligationCounts { Expected = 9, Filed = filed }, context.CancellationToken);
        }
    }

    public override Task<Obligation> GrantExtension(GrantExtensionRequest request, ServerCallContext context) => Answer(
        request,
        new Obligation
        {
            Unit = request.Unit,
            State = FilingState.None,
            Deadline = request.Deadline,
            Extension = new V1.Extension { Deadline = request.Deadline, Reason = request.Reason },
        });

    public override Task<WorkingCalendar> SetCalendar(SetCalendarRequest request, ServerCallContext context) => Answer(
        request,
        new WorkingCalendar { Year = request.Year, Known = true, Holidays = { "2018-01-01" }, Workdays = { "2018-02-11" }, WorkingDays = 250 });

    public override Task<WorkingCalendar> GetCalendar(GetCalendarRequest request, ServerCallContext context) =>
        Answer(request, new WorkingCalendar { Year = request.Year, WorkingDays = 261 });

    private static ReportingTask Of(string form, string period) => new()
    {
        Form = form,
        Period = period,
        Rules = new TaskRules
        {
            Obliged = { new UnitFilter { Kinds = { "department" }, Under = "360300" } },
            Deadlines =
            {
                new DeadlineRule { Units = new UnitFilter { Levels = { "city" }, Units = { "a" } }, Date = "2018-01-26" },
                new DeadlineRule { Units = new UnitFilter(), AfterPeriod = 15 },
            },
            ReminderDays = 3,
        },
        OpensOn = "2018-01-02",
        Units = 1204,
        FirstDeadline = "2018-01-26",
        LastDeadline = "2018-02-20",
        Extensions = 2,
        Actor = "k",
    };

    private Task<T> Answer<T>(IMessage request, T answer)
    {
        answers.TaskRequests.Add(request);
        return Task.FromResult(answer);
    }
}
