using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Aggregation.Domain.Tasks;

/// <summary>A tenant's tasks: at most one for each form and period. Immutable.</summary>
public sealed class ReportingTasks
{
    private readonly ImmutableDictionary<(string Form, string Period), ReportingTask> tasks;

    private ReportingTasks(ImmutableDictionary<(string Form, string Period), ReportingTask> tasks) => this.tasks = tasks;

    public static ReportingTasks None { get; } = new(ImmutableDictionary<(string Form, string Period), ReportingTask>.Empty);

    /// <summary>In no order.</summary>
    public IEnumerable<ReportingTask> All => tasks.Values;

    public bool TryFind(string form, string period, [MaybeNullWhen(false)] out ReportingTask task) =>
        tasks.TryGetValue((form, period), out task);

    /// <summary>The task of a form and period; null where none was opened.</summary>
    public ReportingTask? Find(string form, string period) => tasks.GetValueOrDefault((form, period));

    public ReportingTasks With(ReportingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new ReportingTasks(tasks.SetItem((task.Form, task.Period), task));
    }

    public ReportingTasks Without(string form, string period) => new(tasks.Remove((form, period)));
}
