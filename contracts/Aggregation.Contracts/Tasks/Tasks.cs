using System.Collections.Immutable;
using Aggregation.Domain.Tasks;

namespace Aggregation.Contracts.Tasks;

[GenerateSerializer, Immutable, Alias("aggregation.OpenTaskCommand")]
public sealed record OpenTaskCommand
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string Period { get; init; }

    [Id(2)] public required TaskRules Rules { get; init; }

    /// <summary>Only shows the list's size.</summary>
    [Id(3)] public bool DryRun { get; init; }
}

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
