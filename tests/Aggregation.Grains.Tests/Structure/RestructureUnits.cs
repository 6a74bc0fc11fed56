namespace Aggregation.Grains.Tests.Structure;

/// <summary>The units that histories of changes begin with, in the territory and in a line, and those that they may open.</summary>
internal static class RestructureUnits
{
    public const string LineName = "education";

    public const string Line = """
        code,name,kind,level,parent,from,to
        360000-edu,,,,,,
        360100-edu,,,,360000-edu,,
        360101-edu,,,,360100-edu,,
        360102-edu,,,,360100-edu,,
        360200-edu,,,,360000-edu,,
        360201-edu,,,,360200-edu,,
        """;

    /// <summary>Codes that no unit has yet.</summary>
    public static readonly string[] New = ["n1", "n2", "n3", "n4"];

    /// <summary>A province, two cities with two counties each, each with a department, two of them with institutions.</summary>
    public static readonly string Territory = Units();

    public static readonly string[] Codes =
        [.. Territory.Split('\n').Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]), .. New];

    private static string Units()
    {
        var lines = new List<string> { "code,name,kind,level,parent,from,to", "360000,Province,government,province,,,", "360000-edu,Education,department,,360000,," };
        foreach (var city in new[] { "360100", "360200" })
        {
            lines.Add($"{city},City,government,city,360000,,");
            lines.Add($"{city}-edu,Education,department,,{city},,");
            lines.Add($"{city}-edu.1,Institute,institution,,{city}-edu,,");
            foreach (var county in new[] { city[..4] + "01", city[..4] + "02" })
            {
                lines.Add($"{county},County,government,county,{city},,");
                lines.Add($"{county}-edu,Education,department,,{county},,");
            }
        }

        return string.Join('\n', lines);
    }
}
