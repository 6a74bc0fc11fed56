using System.Collections.Immutable;

namespace Aggregation.Domain.Tasks;

/// <summary>
/// 填报任务: who owes a report on one form for one period, and by when. Immutable. Restructuring leaves the list as it is: a
/// unit counts wherever the period's tree has it, and one that the tree has no more counts nowhere.
/// </summary>
public sealed record ReportingTask
{
    public required string Form { get; init; }

    /// <summary>In canonical text.</summary>
    public required string Period { get; init; }

    /// <summary>What was asked for, as it was written.</summary>
    public required TaskRules Rules { get; init; }

    /// <summary>The first civil day on which may be filed.</summary>
    public required DateOnly OpensOn { get; init; }

    public required ObligedUnits Units { get; init; }

    /// <summary>The structure whose tree the list was made from.</summary>
    public required long StructureVersion { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Identifier of the key that opened it.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>The last extension of each unit that was granted any.</summary>
    public ImmutableDictionary<string, Extension> Extensions { get; init; } =
        ImmutableDictionary.Create<string, Extension>(StringComparer.Ordinal);

    /// <summary>Whether anything may be filed at an instant.</summary>
    public bool IsOpen(DateTimeOffset at) => at >= CivilDay.StartOf(OpensOn);

    /// <summary>What a unit owes.</summary>
    /// <param name="filedAt">When it first filed what it has not withdrawn; null: it has filed nothing.</param>
    /// <param name="counts">Whether anything of it counts: what was returned does not.</param>
    /// <exception cref="KeyNotFoundException">The unit is not obliged.</exception>
    public Obligation Of(string unit, DateTimeOffset? filedAt, bool counts)
    {
        var deadline = Units.TryGetDeadline(unit, out var frozen)
            ? frozen
            : throw new KeyNotFoundException($"Unit '{unit}' is not obliged to report {Form} for {Period}.");
        var extension = Extensions.GetValueOrDefault(unit);
        return new Obligation(extension?.Deadline ?? deadline, extension, Rules.ReminderDays, OpensOn, filedAt, counts);
    }
}

/// <summary>延期: a later last day for one unit.</summary>
public sealed record Extension(DateOnly Deadline, string Reason, DateTimeOffset At, string By);

/// <summary>What one unit owes, and what it has done.</summary>
/// <param name="Deadline">Its last day, as extended.</param>
/// <param name="Extension">Null where none was granted.</param>
/// <param name="ReminderDays">How many days before its last day it is to be reminded.</param>
/// <param name="OpensOn">The first day on which may be filed.</param>
/// <param name="FiledAt">When it first filed what it has not withdrawn; null: it has filed nothing.</param>
/// <param name="Counts">Whether anything of it counts.</param>
public readonly record struct Obligation(
    DateOnly Deadline, Extension? Extension, int ReminderDays, DateOnly OpensOn, DateTimeOffset? FiledAt, bool Counts)
{
    /// <summary>迟报: first filed after its last day. Corrections of what was filed in time are not late.</summary>
    public bool IsLate => FiledAt >= CivilDay.EndOf(Deadline);

    /// <summary>未报: its last day is over, and nothing of it counts.</summary>
    public bool IsMissing(DateTimeOffset now) => !Counts && now >= CivilDay.EndOf(Deadline);

    /// <summary>待催报: nothing of it counts, and its last day is today or so near that it is to be reminded.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        var today = CivilDay.Of(now);
        return !Counts && today >= OpensOn && today <= Deadline && today >= Deadline.AddDays(-ReminderDays);
    }
}
