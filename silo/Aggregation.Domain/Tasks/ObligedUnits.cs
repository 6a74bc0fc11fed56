using System.Runtime.CompilerServices;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>The frozen list of a task: which units owe a report, and each one's last day. Immutable.</summary>
public sealed class ObligedUnits
{
    private readonly Dictionary<string, DateOnly> deadlines;

    // A view lives as long as its structure is asked for; its counts go with it.
    private readonly ConditionalWeakTable<TreeView, UnitCounts> counts = [];

    private ObligedUnits(Dictionary<string, DateOnly> deadlines) => this.deadlines = deadlines;

    public static ObligedUnits Empty { get; } = new([]);

    public int Count => deadlines.Count;

    public IReadOnlyCollection<string> Codes => deadlines.Keys;

    public bool Contains(string unit) => deadlines.ContainsKey(unit);

    /// <summary>A unit's last day as the task was opened; false for a unit that is not obliged.</summary>
    public bool TryGetDeadline(string unit, out DateOnly deadline) => deadlines.TryGetValue(unit, out deadline);

    /// <summary>The list with more units; one that is on it keeps its day.</summary>
    public ObligedUnits With(IEnumerable<DeadlineGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var all = new Dictionary<string, DateOnly>(deadlines, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var unit in group.Units)
            {
                all.TryAdd(unit, group.Deadline);
            }
        }

        return new ObligedUnits(all);
    }

    /// <summary>How many of these units a tree has at and under each unit; summed when first asked for.</summary>
    public UnitCounts In(TreeView view) => counts.GetValue(view, shown => new UnitCounts(shown, deadlines.ContainsKey));
}
