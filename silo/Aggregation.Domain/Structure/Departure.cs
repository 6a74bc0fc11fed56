using System.Collections.Immutable;

namespace Aggregation.Domain.Structure;

/// <summary>How a unit left a tree, as seen on a day on which the tree has it no more.</summary>
/// <param name="Tree">Name of the tree.</param>
/// <param name="Unit">The unit as it stood last; <see cref="Structure.Unit.To"/> is the first day without it.</param>
/// <param name="Above">Codes of the units above it as it stood last, from its parent up to the root.</param>
/// <param name="Successor">
/// Code of the unit in force on the day that took over from it, itself or by way of others that have left since; null: nobody did.
/// </param>
public sealed record Departure(string Tree, Unit Unit, ImmutableArray<string> Above, string? Successor)
{
    /// <summary>The first day without it.</summary>
    public DateOnly On => Unit.To!.Value;

    /// <returns>Null where the tree has the unit on the day, or had not had it by then.</returns>
    internal static Departure? Find(string name, Tree tree, string code, DateOnly day)
    {
        if (tree.BegunBy(code, day) is not { } last || last.IsInForce(day))
        {
            return null;
        }

        var above = ImmutableArray.CreateBuilder<string>();

        // A unit that left on the day on which it came never was in force; those above it are told by that day.
        var stood = last.From == last.To ? last.To!.Value : last.To!.Value.AddDays(-1);
        for (var parent = last.Parent; parent is not null && !above.Contains(parent); parent = tree.BegunBy(parent, stood)?.Parent)
        {
            above.Add(parent);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { code };
        var successor = last.Successor;
        while (successor is not null && tree.BegunBy(successor, day) is { } next && !next.IsInForce(day))
        {
            successor = seen.Add(successor) ? next.Successor : null;
        }

        return new Departure(name, last, above.ToImmutable(), successor);
    }
}
