namespace Aggregation.Cli.Printing;

/// <summary>A printed table: cells that cover a rectangle without gaps or overlaps, in reading order.</summary>
internal sealed record TableGrid(int Width, int Height, IReadOnlyList<GridCell> Cells)
{
    /// <summary>The cells that begin in each row.</summary>
    public IEnumerable<IReadOnlyList<GridCell>> Rows
    {
        get
        {
            var byRow = Cells.ToLookup(cell => cell.Row);
            for (var row = 0; row < Height; row++)
            {
                yield return [.. byRow[row].OrderBy(cell => cell.Column)];
            }
        }
    }

    /// <summary>Tables over each other as one, each under its title; the last column of a narrower one is as wide as is left.</summary>
    public static TableGrid Stack(IReadOnlyList<(string Title, TableGrid Grid)> tables)
    {
        var width = tables.Max(table => table.Grid.Width);
        var cells = new List<GridCell>();
        var top = 0;
        foreach (var (title, grid) in tables)
        {
            cells.Add(new GridCell(GridKind.Title, top++, 0, 1, width, title));
            foreach (var cell in grid.Cells)
            {
                var more = cell.Column + cell.ColumnSpan == grid.Width ? width - grid.Width : 0;
                cells.Add(cell with { Row = cell.Row + top, ColumnSpan = cell.ColumnSpan + more });
            }

            top += grid.Height;
        }

        return new TableGrid(width, top, cells);
    }
}
