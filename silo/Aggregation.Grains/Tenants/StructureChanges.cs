using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure.Changes;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <summary>Changes of the structure between requests, journal entries and the domain: the same texts in each.</summary>
internal static class StructureChanges
{
    public static IReadOnlyCollection<ChangeRow> Rows(UnitsRestructuredEntry entry) =>
    [
        .. entry.Changes.Select(change => new ChangeRow(
            change.Line, change.Change, change.Tree, change.From, change.Unit, change.Parent, change.Into, change.Name,
            change.Kind, change.Level, change.Children)),
    ];

    public static UnitsRestructuredEntry Entry(RestructureCommand command, long structureVersion)
    {
        var entry = new UnitsRestructuredEntry { StructureVersion = structureVersion, LossAccepted = command.AcceptLoss };
        entry.Changes.AddRange(command.Changes.Select(change => new StructureChangeEntry
        {
            Line = change.Line,
            Change = change.Change,
            Tree = change.Tree,
            From = change.From,
            Unit = change.Unit,
            Parent = change.Parent,
            Into = change.Into,
            Name = change.Name,
            Kind = change.Kind,
            Level = change.Level,
            Children = change.Children,
        }));
        return entry;
    }
}
