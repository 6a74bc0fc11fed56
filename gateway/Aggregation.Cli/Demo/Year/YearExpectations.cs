namespace Aggregation.Cli.Demo.Year;

/// <summary>
/// expected.csv: what each row of each table must say, worked out from the other files by expected.py, which knows nothing of this
/// program.
/// </summary>
internal sealed class YearExpectations
{
    private readonly Dictionary<(string Stage, string Unit, string What), IReadOnlyDictionary<string, string>> _rows = [];

    private YearExpectations()
    {
    }

    public static YearExpectations Parse(string csv)
    {
        var expectations = new YearExpectations();
        foreach (var line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var fields = line.Split(',');
            var values = fields[3].Split(' ').Select(value => value.Split('=')).ToDictionary(value => value[0], value => value[1], StringComparer.Ordinal);
            expectations._rows.Add((fields[0], fields[1], fields[2]), values);
        }

        return expectations;
    }

    /// <summary>What of a row is not as it must be, as "name is value, not expected".</summary>
    public IEnumerable<string> Differences(string stage, YearRow row)
    {
        if (!_rows.TryGetValue((stage, row.Unit, row.What), out var expected))
        {
            return ["nothing is expected of it"];
        }

        var found = row.Values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
        return expected.Keys.Union(found.Keys)
            .Select(name => (Name: name, Found: found.GetValueOrDefault(name), Expected: expected.GetValueOrDefault(name)))
            .Where(value => value.Found != value.Expected)
            .Select(value => $"{value.Name} is {value.Found ?? "missing"}, not {value.Expected ?? "expected at all"}");
    }
}
