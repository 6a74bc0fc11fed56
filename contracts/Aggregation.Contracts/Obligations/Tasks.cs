using System.Collections.Immutable;

namespace Aggregation.Contracts.Obligations;

[GenerateSerializer, Immutable, Alias("aggregation.OpenTaskCommand")]
public sealed record OpenTaskCommand
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string Period { get; init; }

    [Id(2)] public required TaskRules Rules { get; init; }

    /// <summary>Only shows the list's size.</summary>
    [Id(3)] public bool DryRun { get; init; }
}

/// <summary>Who is obliged and by when, as the opener writes it.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TaskRules")]
public sealed record TaskRules
{
    [Id(0)] public string Tree { get; init; } = Names.Territory;

    /// <summary>First civil day on which may be filed, YYYY-MM-DD; empty: the day of the opening.</summary>
    [Id(1)] public string OpensOn { get; init; } = "";

    /// <summary>Obliged is what any of these takes in; none given: every unit in force on the period's last day.</summary>
    [Id(2)] public ImmutableArray<UnitFilter> Obliged { get; init; } = [];

    /// <summary>The first that takes a unit in gives its last day.</summary>
    [Id(3)] public ImmutableArray<DeadlineRule> Deadlines { get; init; } = [];

    /// <summary>Days before its last day from which a unit is to be reminded, 0 to 60.</summary>
    [Id(4)] public int ReminderDays { get; init; }
}

/// <summary>Takes in the units to which everything given applies.</summary>
/// <param name="Kinds">government, department, institution: any of these.</param>
/// <param name="Levels">province to village: any of these; a department has the level of the government that it is under.</param>
/// <param name="Under">This unit and everything under it; empty: anywhere.</param>
/// <param name="Units">Any of these; none: any.</param>
[GenerateSerializer, Immutable, Alias("aggregation.UnitFilter")]
public sealed record UnitFilter(
    [property: Id(0)] ImmutableArray<string> Kinds,
    [property: Id(1)] ImmutableArray<string> Levels,
    [property: Id(2)] string Under,
    [property: Id(3)] ImmutableArray<string> Units);

/// <summary>A last day for some units; exactly one of the three is given.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.DeadlineRule")]
public sealed record DeadlineRule(
    [property: Id(0)] UnitFilter Units,
    [property: Id(1)] string Date,
    [property: Id(2)] int AfterPeriod,
    [property: Id(3)] int AfterOpening);

/// <param name="Task">As it stands, or, after a dry run, would stand.</param>
/// <param name="Rows">How many units of each kind and level have which last day.</param>
/// <param name="FiledOutside">Units that no rule obliges and that are on the list because they have filed: the first hundred.</param>
/// <param name="FiledOutsideCount">How many there are of them.</param>
/// <param name="YearsWithoutCalendar">Years in which working days were counted as Monday to Friday, because nothing was said of them.</param>
[GenerateSerializer, Immutable, Alias("aggregation.TaskOpened")]
public sealed record TaskOpened(
    [property: Id(0)] TaskView Task,
    [property: Id(1)] ImmutableArray<TaskRow> Rows,
    [property: Id(2)] ImmutableArray<string> FiledOutside,
    [property: Id(3)] int FiledOutsideCount,
    [property: Id(4)] ImmutableArray<int> YearsWithoutCalendar);

[GenerateSerializer, Immutable, Alias("aggregation.TaskRow")]
public sealed record TaskRow(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Level,
    [property: Id(2)] DateOnly Deadline,
    [property: Id(3)] int Units,
    [property: Id(4)] int Filed);

[GenerateSerializer, Immutable, Alias("aggregation.TaskView")]
public sealed record TaskView
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string Period { get; init; }

    [Id(2)] public required TaskRules Rules { get; init; }

    [Id(3)] public required DateOnly OpensOn { get; init; }

    /// <summary>Units on the list.</summary>
    [Id(4)] public required int Units { get; init; }

    [Id(5)] public required DateOnly FirstDeadline { get; init; }

    [Id(6)] public required DateOnly LastDeadline { get; init; }

    /// <summary>Units that have an extension.</summary>
    [Id(7)] public required int Extensions { get; init; }

    [Id(8)] public required long StructureVersion { get; init; }

    [Id(9)] public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Identifier of the key that opened it.</summary>
    [Id(10)] public required string OpenedBy { get; init; }
}

/// <param name="Form">Of the task.</param>
/// <param name="Period">Of the task.</param>
/// <param name="Reason">1–2000 characters.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CancelTaskCommand")]
public sealed record CancelTaskCommand(
    [property: Id(0)] string Form, [property: Id(1)] string Period, [property: Id(2)] string Reason);

/// <param name="Year">1900 to 2200.</param>
/// <param name="Days">Holidays, and weekend days that are worked.</param>
[GenerateSerializer, Immutable, Alias("aggregation.SetCalendarCommand")]
public sealed record SetCalendarCommand([property: Id(0)] int Year, [property: Id(1)] ImmutableArray<CalendarDay> Days);

/// <param name="Line">By which faults name it.</param>
/// <param name="Day">YYYY-MM-DD.</param>
/// <param name="Kind">holiday or workday.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CalendarDay")]
public sealed record CalendarDay([property: Id(0)] int Line, [property: Id(1)] string Day, [property: Id(2)] string Kind);

/// <param name="Year">The year.</param>
/// <param name="IsKnown">Something was said of the year; else its weeks are worked Monday to Friday.</param>
/// <param name="Holidays">In their order.</param>
/// <param name="Workdays">Weekend days that are worked, in their order.</param>
/// <param name="WorkingDays">How many days of the year are worked.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CalendarView")]
public sealed record CalendarView(
    [property: Id(0)] int Year,
    [property: Id(1)] bool IsKnown,
    [property: Id(2)] ImmutableArray<DateOnly> Holidays,
    [property: Id(3)] ImmutableArray<DateOnly> Workdays,
    [property: Id(4)] int WorkingDays);
