using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Aggregation.Domain.Structure;

/// <summary>Reads lines of units from CSV text. Columns may stand in any order.</summary>
internal static class UnitsCsv
{
    private static readonly string[] Columns = ["code", "name", "kind", "level", "parent", "from", "to"];

    private static readonly string[] Required = ["code", "name", "kind", "level", "parent"];

    /// <summary>The file's lines; <paramref name="faults"/> gets what keeps the file from being read.</summary>
    public static List<UnitRow> Read(string csv, List<ImportFault> faults)
    {
        var rows = new List<UnitRow>();
        var misquoted = new HashSet<int>();
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true,
            BadDataFound = bad => misquoted.Add(bad.Context.Parser?.RawRow ?? 0),
        };
        using var text = new StringReader(csv.StartsWith('\uFEFF') ? csv[1..] : csv);
        using var parser = new CsvParser(text, configuration);
        if (!parser.Read() || ReadHeader(parser, faults) is not { } places)
        {
            if (faults.Count == 0)
            {
                faults.Add(ImportFaults.EmptyFile());
            }

            return rows;
        }

        while (parser.Read())
        {
            if (rows.Count == AdministrativeStructure.MaxRows)
            {
                faults.Add(ImportFaults.TooManyRows(parser.RawRow));
                return rows;
            }

            if (parser.Count != places.Fields)
            {
                faults.Add(ImportFaults.Fields(parser.RawRow, parser.Count, places.Fields));
                continue;
            }

            var row = places.Row(parser);

            // The parser judges a field's quotes when the field is read.
            if (misquoted.Contains(row.Line))
            {
                faults.Add(ImportFaults.Quotes(row.Line));
            }
            else
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0 && faults.Count == 0)
        {
            faults.Add(ImportFaults.EmptyFile());
        }

        return rows;
    }

    private static Places? ReadHeader(CsvParser parser, List<ImportFault> faults)
    {
        var at = new int[Columns.Length];
        Array.Fill(at, -1);
        for (var field = 0; field < parser.Count; field++)
        {
            var name = parser[field];
            var column = Array.FindIndex(Columns, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column < 0)
            {
                faults.Add(ImportFaults.UnknownColumn(parser.RawRow, name));
            }
            else if (at[column] >= 0)
            {
                faults.Add(ImportFaults.RepeatedColumn(parser.RawRow, name));
            }
            else
            {
                at[column] = field;
            }
        }

        foreach (var name in Required)
        {
            if (at[Array.IndexOf(Columns, name)] < 0)
            {
                faults.Add(ImportFaults.MissingColumn(parser.RawRow, name));
            }
        }

        return faults.Count > 0 ? null : new Places(at, parser.Count);
    }

    private sealed record Places(int[] At, int Fields)
    {
        public UnitRow Row(CsvParser parser) => new(
            parser.RawRow,
            Field(parser, 0),
            Field(parser, 1),
            Field(parser, 2),
            Field(parser, 3),
            Field(parser, 4),
            Field(parser, 5),
            Field(parser, 6));

        private string Field(CsvParser parser, int column) => At[column] < 0 ? "" : parser[At[column]];
    }
}
