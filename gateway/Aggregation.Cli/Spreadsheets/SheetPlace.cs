using System.Globalization;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>A cell's place in a sheet, from 0.</summary>
internal readonly record struct SheetPlace(int Row, int Column)
{
    /// <summary>The last row and column that spreadsheet programs have.</summary>
    private const int MaxRow = 1_048_576;

    private const int MaxColumn = 16_384;

    /// <summary>As spreadsheets write it: F12.</summary>
    public override string ToString()
    {
        var letters = "";
        for (var rest = Column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters + (Row + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads F12; null for anything else and for places that no spreadsheet has.</summary>
    public static SheetPlace? Parse(ReadOnlySpan<char> text)
    {
        var column = 0;
        var index = 0;
        for (; index < text.Length && char.IsAsciiLetterUpper(text[index]) && index < 3; index++)
        {
            column = (column * 26) + (text[index] - 'A') + 1;
        }

        return index > 0 && column <= MaxColumn
            && int.TryParse(text[index..], NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row is >= 1 and <= MaxRow
            ? new SheetPlace(row - 1, column - 1)
            : null;
    }
}
