namespace Aggregation.Domain.Structure;

/// <summary>One line of an imported file, as text, without surrounding blanks.</summary>
internal readonly record struct UnitRow(
    int Line, string Code, string Name, string Kind, string Level, string Parent, string From, string To);
