using System.Collections.Immutable;

namespace Aggregation.Domain.Tasks;

/// <summary>What opening a task comes to: the list, frozen; or every fault.</summary>
public sealed record TaskPlan
{
    /// <summary>Empty where the task can be opened.</summary>
    public required ImmutableArray<TaskFault> Faults { get; init; }

    public DateOnly OpensOn { get; init; }

    /// <summary>The units obliged by last day, earliest first; within one in the tree's order.</summary>
    public ImmutableArray<DeadlineGroup> Groups { get; init; } = [];

    /// <summary>Units that no rule obliges and that are on the list because they have filed, in the tree's order.</summary>
    public ImmutableArray<string> FiledOutside { get; init; } = [];

    /// <summary>Years for which the calendar knows nothing and that working days were counted in as Monday to Friday.</summary>
    public ImmutableArray<int> YearsWithoutCalendar { get; init; } = [];
}
