using System.Text.RegularExpressions;

namespace Aggregation.EndToEnd.Running;

/// <summary>The rows of the scripted year's tables, as they were printed or as expected.csv has them.</summary>
internal static partial class PrintedTables
{
    /// <summary>Values as "name=value ..." by "tenant stage unit row". A row that is printed twice says the same twice.</summary>
    public static SortedDictionary<string, string> Read(string output)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var title = "";
        string[] names = [];
        foreach (var line in output.Split('\n'))
        {
            if (Title().Match(line) is { Success: true } found)
            {
                title = found.Groups["title"].Value.Replace(" · ", " ", StringComparison.Ordinal);
            }
            else if (line.StartsWith('│') && line.EndsWith('│'))
            {
                var cells = line.Trim('│').Split('│', StringSplitOptions.TrimEntries);
                if (cells[0] == "unit")
                {
                    names = cells;
                }
                else if (cells[0] != "单位")
                {
                    Assert.Equal(names.Length, cells.Length);
                    var values = names.Zip(cells).Skip(2).Where(cell => cell.Second.Length > 0)
                        .Select(cell => $"{cell.First}={cell.Second.Replace(",", "", StringComparison.Ordinal)}");
                    Add(rows, $"{title} {cells[0].Split(' ')[0]} {cells[1]}", string.Join(' ', values));
                }
            }
        }

        return rows;
    }

    /// <summary>What a program printed that was killed, without a row of which it had not printed all.</summary>
    public static string BeforeKill(string output)
    {
        var lines = output.Split('\n').ToList();
        var last = lines.FindLastIndex(IsOfATable);
        var before = last < 1 ? -1 : lines.FindLastIndex(last - 1, IsOfATable);
        if (before >= 0 && lines[last].Count(IsBorder) != lines[before].Count(IsBorder))
        {
            lines.RemoveAt(last);
        }

        return string.Join('\n', lines);

        static bool IsOfATable(string line) => line.StartsWith('│');
        static bool IsBorder(char letter) => letter == '│';
    }

    /// <summary>What expected.py worked out for a tenant.</summary>
    public static SortedDictionary<string, string> Expected(string tenant, string csv)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var fields in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')))
        {
            rows.Add($"{tenant} {fields[0]} {fields[1]} {fields[2]}", fields[3]);
        }

        return rows;
    }

    private static void Add(SortedDictionary<string, string> rows, string row, string values)
    {
        if (!rows.TryAdd(row, values))
        {
            Assert.Equal(rows[row], values);
        }
    }

    [GeneratedRegex(@"^\s*(?<title>\w+ · \d{4}.*?)\s*$")]
    private static partial Regex Title();
}
