namespace Aggregation.Cli.Printing;

/// <summary>What a cell of a printed table is.</summary>
internal enum GridKind
{
    /// <summary>The name of the table, over its whole width.</summary>
    Title,

    /// <summary>Names columns.</summary>
    Head,

    /// <summary>Names rows.</summary>
    Stub,

    /// <summary>Holds a figure, or nothing.</summary>
    Figure,
}

/// <summary>A cell of a printed table, with the rows and columns that it takes; all count from 0.</summary>
/// <param name="Text">What is printed; empty for figures.</param>
/// <param name="Code">The form's cell whose figure stands here; empty for none.</param>
internal sealed record GridCell(GridKind Kind, int Row, int Column, int RowSpan, int ColumnSpan, string Text, string Code = "");
