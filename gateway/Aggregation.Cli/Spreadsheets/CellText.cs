using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Text as workbooks store it.</summary>
internal static partial class CellText
{
    /// <summary>
    /// The text of the element that the reader is on, from all its runs but not how it is read aloud (rPh); the reader stays
    /// on the element's end, or on the element where it is empty.
    /// </summary>
    public static string Read(XmlReader reader)
    {
        var text = new StringBuilder();
        using var item = reader.ReadSubtree();
        item.Read();
        while (!item.EOF)
        {
            switch (item.NodeType == XmlNodeType.Element ? item.LocalName : "")
            {
                case "rPh":
                    item.Skip();
                    break;
                case "t":
                    text.Append(item.ReadElementContentAsString());
                    break;
                default:
                    item.Read();
                    break;
            }
        }

        return Decode(text.ToString());
    }

    /// <summary>
    /// Characters that XML would change or not take are stored by their number: _x000D_ is what remains of the line ends of
    /// Windows, which become line feeds here.
    /// </summary>
    public static string Decode(string text) => Escaped()
        .Replace(text, match => ((char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        .ReplaceLineEndings("\n");

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
