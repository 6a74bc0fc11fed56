namespace Aggregation.Cli.Spreadsheets;

/// <summary>What a spreadsheet says that a cell holds.</summary>
internal enum SheetCellKind
{
    /// <summary>A number, typed in or calculated.</summary>
    Number,

    /// <summary>Text, typed in or calculated, also text that looks like a number.</summary>
    Text,

    /// <summary>TRUE or FALSE.</summary>
    Logical,

    /// <summary>An error such as #REF!.</summary>
    Error,

    /// <summary>A formula whose result is not stored: no program has calculated it.</summary>
    NotCalculated,
}

/// <summary>A cell that holds something.</summary>
/// <param name="Text">As stored; the formula where nothing has been calculated.</param>
internal sealed record SheetCell(SheetCellKind Kind, string Text)
{
    public bool IsBlank => Kind == SheetCellKind.Text && string.IsNullOrWhiteSpace(Text);
}
