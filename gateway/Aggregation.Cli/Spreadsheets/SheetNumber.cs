using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.V1;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Numbers as spreadsheets store them: 12, 12.0 and 1.2E1 are the same.</summary>
internal static class SheetNumber
{
    /// <summary>The digits that spreadsheet programs keep of a number.</summary>
    public const int SignificantDigits = 15;

    /// <summary>Spreadsheets calculate with binary numbers: 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3, which is meant.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Amount? amount)
    {
        if (AmountText.TryParse(text, out amount))
        {
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(number.ToString($"G{SignificantDigits}", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var shown)
            && AmountText.TryParse(shown.ToString("0.#############################", CultureInfo.InvariantCulture), out amount);
    }
}
