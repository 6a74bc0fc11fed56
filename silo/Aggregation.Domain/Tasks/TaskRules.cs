using System.Collections.Immutable;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>A task as its opener writes it; what it means for each unit, <see cref="TaskPlanner"/> works out once.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.TaskRules")]
public sealed record TaskRules
{
    /// <summary>The tree whose units are obliged, and whose subtrees rules may name.</summary>
    [Id(0)] public string Tree { get; init; } = AdministrativeStructure.Territory;

    /// <summary>First civil day on which may be filed, YYYY-MM-DD; empty: the day of the opening.</summary>
    [Id(1)] public string OpensOn { get; init; } = "";

    /// <summary>Which units are obliged: those that any of these takes in. None given: every unit in force.</summary>
    [Id(2)] public ImmutableArray<FilterText> Obliged { get; init; } = [];

    /// <summary>Last days, in the order in which they are tried: the first that takes a unit in is the unit's.</summary>
    [Id(3)] public ImmutableArray<DeadlineText> Deadlines { get; init; } = [];

    /// <summary>How many days before its last day a unit that has not filed is to be reminded, 0 to 60.</summary>
    [Id(4)] public int ReminderDays { get; init; }
}

/// <summary>Takes in the units to which everything given applies; nothing given: every unit.</summary>
/// <param name="Kinds"><c>government</c>, <c>department</c>, <c>institution</c>: any of these.</param>
/// <param name="Levels">
/// <c>province</c> to <c>village</c>: any of these. A department's or institution's is that of the government that it is under.
/// </param>
/// <param name="Under">This unit and everything under it; empty: anywhere.</param>
/// <param name="Units">Any of these; none: any.</param>
[GenerateSerializer, Immutable, Alias("aggregation.UnitFilter")]
public sealed record FilterText(
    [property: Id(0)] ImmutableArray<string> Kinds,
    [property: Id(1)] ImmutableArray<string> Levels,
    [property: Id(2)] string Under,
    [property: Id(3)] ImmutableArray<string> Units)
{
    /// <summary>Every unit.</summary>
    public static FilterText Everything { get; } = new([], [], "", []);
}

/// <summary>A last day for some units: exactly one of the three is given.</summary>
/// <param name="Units">Whose it is.</param>
/// <param name="Date">YYYY-MM-DD; empty: not given.</param>
/// <param name="AfterPeriod">So many working days after the period's last day, 1 to 366; 0: not given.</param>
/// <param name="AfterOpening">So many working days after the first day, 1 to 366; 0: not given.</param>
[GenerateSerializer, Immutable, Alias("aggregation.DeadlineRule")]
public sealed record DeadlineText(
    [property: Id(0)] FilterText Units,
    [property: Id(1)] string Date,
    [property: Id(2)] int AfterPeriod,
    [property: Id(3)] int AfterOpening);

/// <summary>One broken rule of a task.</summary>
/// <param name="Field">Such as <c>deadlines[1].date</c>.</param>
/// <param name="Value">What was given there.</param>
/// <param name="Rule">What may stand there.</param>
/// <param name="MessageZh">For the reader, in Chinese.</param>
/// <param name="MessageEn">For the reader, in English.</param>
public sealed record TaskFault(string Field, string Value, string Rule, string MessageZh, string MessageEn);
