namespace Aggregation.Domain.Structure;

/// <summary>单位: a node of one tree.</summary>
/// <param name="Code">Unique within the tenant; see <see cref="UnitCode"/>.</param>
/// <param name="Name">As its owner writes it, 1–200 characters; the same in every tree.</param>
/// <param name="Kind">The same in every tree.</param>
/// <param name="Level">The same in every tree; <see cref="UnitLevel.None"/> unless a government.</param>
/// <param name="Parent">Code of the unit above it in this tree; null for a root.</param>
/// <param name="From">First day in force in this tree; null: since ever.</param>
/// <param name="To">First day no longer in force in this tree; null: open.</param>
public sealed record Unit(
    string Code, string Name, UnitKind Kind, UnitLevel Level, string? Parent, DateOnly? From, DateOnly? To)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Whether <see cref="From"/> ≤ day &lt; <see cref="To"/>.</summary>
    public bool IsInForce(DateOnly day) => (From is null || From <= day) && (To is null || day < To);
}
