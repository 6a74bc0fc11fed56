using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Aggregation.Domain.Texts;

/// <summary>The columns that a table may have.</summary>
/// <param name="Names">In lower case.</param>
/// <param name="Required">Those of them that must be there; the others are empty where they are left out.</param>
public sealed record CsvColumns(ImmutableArray<string> Names, ImmutableArray<string> Required)
{
    public override string ToString() => string.Join(", ", Names);
}

/// <summary>One line of a table.</summary>
/// <param name="Line">Its line in the file, the last where a quoted value has line ends.</param>
/// <param name="Values">One for each of the known columns, in their order; empty where the file has nothing.</param>
public sealed record CsvRow(int Line, ImmutableArray<string> Values);

/// <summary>
/// Text as a table, as spreadsheets save it: separated by commas, semicolons or tabs, whichever makes the first line a header; headings in
/// any order and case, blanks in them or not; empty lines and empty columns at the end or not. What that leaves open is a fault.
/// </summary>
public sealed class CsvTable
{
    private const char FirstFull = '！';
    private const char LastFull = '～';

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly List<CsvRow> _rows = [];
    private readonly List<CsvFault> _faults = [];

    private CsvTable(char separator) => Separator = separator;

    public char Separator { get; }

    /// <summary>The lines below the header, without empty ones; complete only where there are no faults.</summary>
    public IReadOnlyList<CsvRow> Rows => _rows;

    /// <summary>Everything that keeps the table from being read, in the order of lines.</summary>
    public IReadOnlyList<CsvFault> Faults => _faults;

    /// <param name="most">Lines below the header that are taken.</param>
    public static CsvTable Read(string text, CsvColumns columns, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        var body = text.StartsWith('\uFEFF') ? text[1..] : text;
        var table = new CsvTable(SeparatorOf(body, columns));
        var misquoted = new HashSet<int>();
        using var parser = Parser(body, table.Separator, misquoted);
        if (!parser.Read())
        {
            table._faults.Add(CsvFault.NoHeader(columns.ToString()));
        }
        else if (table.ReadHeader(parser, columns) is { } places)
        {
            while (parser.Read())
            {
                if (table._rows.Count == most)
                {
                    table._faults.Add(CsvFault.TooMany(parser.RawRow, most));
                    break;
                }

                table.ReadRow(parser, places, columns, misquoted);
            }
        }

        return table;
    }

    private static CsvParser Parser(string text, char separator, HashSet<int> misquoted) => new(
        new StringReader(text),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true,
            BadDataFound = bad => misquoted.Add(bad.Context.Parser?.RawRow ?? 0),
        });

    /// <summary>The one by which most headings are known; a comma where none is.</summary>
    private static char SeparatorOf(string text, CsvColumns columns) => Separators.MaxBy(separator =>
    {
        using var parser = Parser(text, separator, []);
        return parser.Read() ? parser.Record!.Count(heading => columns.Names.Contains(Plain(heading))) : 0;
    });

    /// <summary>A heading as columns are named: without blanks, in lower case, letters of full width as others.</summary>
    private static string Plain(string heading) => string.Concat(heading
        .Where(each => !char.IsWhiteSpace(each))
        .Select(each => each is >= FirstFull and <= LastFull ? (char)(each - FirstFull + '!') : each)).ToLowerInvariant();

    /// <summary>For each known column its place, -1 where it is left out; null where the header has faults.</summary>
    private int[]? ReadHeader(CsvParser parser, CsvColumns columns)
    {
        var places = new int[columns.Names.Length];
        Array.Fill(places, -1);
        for (var field = 0; field < parser.Count; field++)
        {
            var name = Plain(parser[field]);
            var column = columns.Names.IndexOf(name);
            if (name.Length > 0 && column < 0)
            {
                _faults.Add(CsvFault.UnknownColumn(parser.RawRow, parser[field], columns.ToString()));
            }
            else if (name.Length > 0 && places[column] >= 0)
            {
                _faults.Add(CsvFault.RepeatedColumn(parser.RawRow, parser[field]));
            }
            else if (name.Length > 0)
            {
                places[column] = field;
            }
        }

        foreach (var name in columns.Required.Where(name => places[columns.Names.IndexOf(name)] < 0))
        {
            _faults.Add(CsvFault.MissingColumn(parser.RawRow, name));
        }

        return _faults.Count > 0 ? null : places;
    }

    private void ReadRow(CsvParser parser, int[] places, CsvColumns columns, HashSet<int> misquoted)
    {
        // The parser judges a field's quotes when the field is read.
        var fields = parser.Record!;
        var line = parser.RawRow;
        if (Array.TrueForAll(fields, field => field.Length == 0))
        {
            return;
        }

        // Excel leaves separators at the end of a line out where the last columns are empty for many lines.
        if (columns.Required.Any(name => places[columns.Names.IndexOf(name)] >= fields.Length))
        {
            _faults.Add(CsvFault.Fields(line, fields.Length, places.Max() + 1));
            return;
        }

        if (misquoted.Contains(line))
        {
            _faults.Add(CsvFault.Quotes(line));
            return;
        }

        for (var field = 0; field < fields.Length; field++)
        {
            if (fields[field].Length > 0 && !places.Contains(field))
            {
                _faults.Add(CsvFault.Unheaded(line, field + 1, fields[field]));
                return;
            }
        }

        _rows.Add(new CsvRow(line, [.. places.Select(place => place < 0 || place >= fields.Length ? "" : fields[place])]));
    }
}
