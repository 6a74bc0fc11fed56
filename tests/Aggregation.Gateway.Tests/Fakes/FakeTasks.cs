using System.Collections.Immutable;
using System.Threading.Channels;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Tasks that answer with what they were asked, and counts that a test sets.</summary>
internal sealed class FakeTasks : ITaskGrain
{
    private readonly Channel<ObligationScope> counted = Channel.CreateUnbounded<ObligationScope>();
    private ObligationCounts counts = new() { Expected = 4, Open = 4 };

    /// <summary>Key of the grain that was asked for last.</summary>
    public string Key { get; private set; } = "";

    public OpenTaskCommand? Opened { get; private set; }

    public ObligationsQuery? Queried { get; private set; }

    public SetCalendarCommand? Calendar { get; private set; }

    /// <summary>What a caller is refused who may not see how units stand.</summary>
    public RefusedException? Refusal { get; set; }

    public ObligationCounts Counts
    {
        get => Volatile.Read(ref counts);
        set => Volatile.Write(ref counts, value);
    }

    /// <summary>Completes once the counts were read by a look that nobody waited for yet.</summary>
    public Task Counted() => counted.Reader.ReadAsync().AsTask().WaitAsync(Requests.Patience);

    public FakeTasks Of(string key)
    {
        Key = key;
        return this;
    }

    public Task<TaskOpened> Open(Caller caller, OpenTaskCommand command, CancellationToken cancellation)
    {
        Opened = command;
        return Task.FromResult(new TaskOpened(
            View(command.Form, command.Period, command.Rules), [new TaskRow(UnitKind.Department, UnitLevel.City, Day(26), 3, 1)], ["360313"], 7, [2018]));
    }

    public Task<TaskView> Cancel(Caller caller, CancelTaskCommand command) =>
        Task.FromResult(View(command.Form, command.Period, new TaskRules { Tree = command.Reason }));

    public Task<ImmutableArray<TaskView>> List(Caller caller) =>
        Task.FromResult<ImmutableArray<TaskView>>([View("2014", "2016", new TaskRules()), View("2014", "2017", new TaskRules())]);

    public Task<TaskView> Get(Caller caller, string form, string period) => Task.FromResult(View(form, period, new TaskRules()));

    public Task<ObligationsPage> Obligations(Caller caller, ObligationsQuery query, CancellationToken cancellation)
    {
        Queried = query;
        return Task.FromResult(new ObligationsPage([Unit(query.Scope.Under, null)], HasMore: true, Counts));
    }

    public Task<ObligationCounts> Count(Caller caller, ObligationScope scope, CancellationToken cancellation)
    {
        var answer = Refusal is { } refusal ? Task.FromException<ObligationCounts>(refusal) : Task.FromResult(Counts);
        counted.Writer.TryWrite(scope);
        return answer;
    }

    public Task RequireRead(Caller caller, ObligationScope scope) =>
        Refusal is { } refusal ? Task.FromException(refusal) : Task.CompletedTask;

    public Task<ObligationView> Extend(Caller caller, ExtendCommand command, CancellationToken cancellation) => Task.FromResult(
        Unit(command.Unit, new ExtensionView(Day(30), $"{command.Reason} {command.Deadline}", DateTimeOffset.UnixEpoch, caller.KeyId)));

    public Task<CalendarView> SetCalendar(Caller caller, SetCalendarCommand command)
    {
        Calendar = command;
        return GetCalendar(caller, command.Year);
    }

    public Task<CalendarView> GetCalendar(Caller caller, int year) =>
        Task.FromResult(new CalendarView(year, true, [new DateOnly(year, 1, 1)], [new DateOnly(year, 1, 6)], 250));

    public Task<int> Admit(string form, string period, CancellationToken cancellation) =>
        throw new NotSupportedException("The gateway never calls it.");

    private static DateOnly Day(int day) => new(2018, 1, day);

    private static TaskView View(string form, string period, TaskRules rules) => new()
    {
        Form = form,
        Period = period,
        Rules = rules,
        OpensOn = Day(2),
        Units = 5,
        FirstDeadline = Day(26),
        LastDeadline = Day(31),
        Extensions = 1,
        StructureVersion = 3,
        OpenedAt = DateTimeOffset.UnixEpoch,
        OpenedBy = "k",
    };

    private static ObligationView Unit(string unit, ExtensionView? extension) => new()
    {
        Unit = unit,
        UnitName = "局",
        State = FilingState.Returned,
        Nil = true,
        Deadline = Day(26),
        Extension = extension,
        IsLate = true,
        IsMissing = true,
        IsDue = true,
        FiledAt = DateTimeOffset.UnixEpoch,
        Revision = 2,
    };
}
