namespace Aggregation.Cli.Spreadsheets;

/// <summary>A sheet as read: the cells that hold something, and the ranges that are merged.</summary>
internal sealed record Sheet(
    string Name, IReadOnlyDictionary<SheetPlace, SheetCell> Cells, IReadOnlyList<(SheetPlace First, SheetPlace Last)> Merged)
{
    /// <summary>How a date that is stored as a number is meant here.</summary>
    public DateSystem Dates { get; init; } = DateSystem.Of1900;

    /// <summary>The trimmed text; empty where the cell holds nothing.</summary>
    public string TextAt(SheetPlace place) => Cells.TryGetValue(place, out var cell) ? cell.Shown : "";
}
