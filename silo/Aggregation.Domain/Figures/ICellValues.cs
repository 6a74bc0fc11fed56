namespace Aggregation.Domain.Figures;

/// <summary>
/// A dense vector of cell values in the order of one form's layout, as checks and derived indicators read it: a unit's
/// own <see cref="Figures"/> or a total over many.
/// </summary>
public interface ICellValues
{
    /// <summary>The number of cells, given or empty.</summary>
    int Length { get; }

    /// <summary>The cell's value times ten to the power of its scale; 0 where the cell is empty.</summary>
    long this[int index] { get; }

    /// <summary>Whether the cell was given. An empty cell is not a cell that says zero.</summary>
    bool Has(int index);
}
