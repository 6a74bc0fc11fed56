namespace Aggregation.Domain.Structure.Changes;

/// <summary>One change, read. Texts that a kind does not use are empty.</summary>
internal sealed record Change(
    int Line, ChangeKind Kind, string Tree, DateOnly From, string Unit, string Parent, string Into, string Name,
    UnitKind? UnitKind, UnitLevel? UnitLevel, IReadOnlyList<string> Children);
