using Aggregation.Cli.Files;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>What a spreadsheet says that a cell holds.</summary>
internal enum SheetCellKind
{
    /// <summary>A number, typed in or calculated.</summary>
    Number,

    /// <summary>Text, typed in or calculated, also text that looks like a number.</summary>
    Text,

    /// <summary>A day, with or without a time of day: a number in a format that shows one, or a date as such.</summary>
    Date,

    /// <summary>TRUE or FALSE.</summary>
    Logical,

    /// <summary>An error such as #REF!.</summary>
    Error,

    /// <summary>A formula whose result is not stored: no program has calculated it.</summary>
    NotCalculated,

    /// <summary>A formula whose result is text without a character.</summary>
    NoResult,

    /// <summary>Something that cannot be read, or that is there twice and differs.</summary>
    Unreadable,
}

/// <summary>A cell that holds something.</summary>
/// <param name="Text">As stored; a day as YYYY-MM-DD, with its time where it has one; the formula where nothing has been calculated.</param>
internal sealed record SheetCell(SheetCellKind Kind, string Text)
{
    public bool IsBlank => Kind == SheetCellKind.NoResult || (Kind == SheetCellKind.Text && string.IsNullOrWhiteSpace(Text));

    /// <summary>As a text cell would hold it: trimmed, and the whole number that a Java program stores as 2024.0 or 3.603E5 as such.</summary>
    public string Shown => Kind switch
    {
        SheetCellKind.Number => SheetNumber.TryRead(Text, out var amount) ? AmountText.Format(amount) : Text,
        SheetCellKind.NoResult => "",
        _ => Text.Trim(),
    };
}
