using System.Globalization;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Which of a workbook's cell formats show a number as a date or a time: nothing else tells 45678 from 2025-01-21.</summary>
internal sealed class DateFormats
{
    private readonly Dictionary<int, bool> _codes = [];
    private readonly List<int> _formats = [];

    /// <param name="style">The number of a cell's format, as its attribute s has it; null for none.</param>
    public bool Shows(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _formats.Count && IsDate(_formats[number]);

    /// <summary>Reads the part of styles.</summary>
    public void Read(XmlReader reader)
    {
        var isOfCells = false;
        while (reader.Read())
        {
            if (reader.LocalName == "cellXfs")
            {
                isOfCells = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "xf" } && isOfCells)
            {
                _formats.Add(Number(reader, "numFmtId") ?? 0);
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && Number(reader, "numFmtId") is { } id)
            {
                _codes[id] = IsDate(reader.GetAttribute("formatCode") ?? "");
            }
        }
    }

    /// <summary>The numbers below 164 that are dates without a code: 14 to 22 and 45 to 47 everywhere, the others in East Asia.</summary>
    private bool IsDate(int format) =>
        _codes.TryGetValue(format, out var isDate) ? isDate : format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>A letter of a date or time that is neither quoted nor escaped, nor in a colour, condition or language; hours that go on past 24 are in brackets.</summary>
    private static bool IsDate(string code)
    {
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '"':
                    at = End(code, at, '"');
                    break;
                case '[':
                    var end = End(code, at, ']');
                    if (end > at + 1 && code[(at + 1)..end].All("hHmMsS".Contains))
                    {
                        return true;
                    }

                    at = end;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    return true;
            }
        }

        return false;
    }

    private static int End(string code, int start, char mark) => code.IndexOf(mark, start + 1) is var end and >= 0 ? end : code.Length;

    private static int? Number(XmlReader reader, string attribute) =>
        int.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
