using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aggregation.Cli.Demo.Year;

/// <summary>A unit of the scripted year.</summary>
/// <param name="Line">Its line in units.csv, the first being 1: its figures depend on it.</param>
internal sealed record YearUnit(string Code, string Name, string Kind, string Level, string Parent, int Line)
{
    /// <summary>Has units below it, reviews them, and reports their completion.</summary>
    public bool IsOffice => Kind == "government" && Level != "township";
}

/// <summary>One tenant of deploy/samples/year: its units, what happens, and what must come of it.</summary>
internal sealed record YearTenant
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public required string UnitsCsv { get; init; }

    /// <summary>Parents before children.</summary>
    public required IReadOnlyDictionary<string, YearUnit> Units { get; init; }

    /// <summary>Whether heads of units sign before anything is accepted.</summary>
    public required bool RequireSignature { get; init; }

    /// <summary>The working calendar of each year.</summary>
    public required IReadOnlyDictionary<int, FileInfo> Calendars { get; init; }

    public required YearScript Script { get; init; }

    public required YearFigures Figures { get; init; }

    public required YearExpectations Expected { get; init; }

    /// <summary>Of the script and the figures: a year that was begun by others is not gone on with.</summary>
    public required string Hash { get; init; }

    public string Root => Script.Shown[0];

    public IEnumerable<YearUnit> Offices => Units.Values.Where(unit => unit.IsOffice);

    /// <summary>The office that reviews a unit.</summary>
    public string OfficeAbove(string unit) => Unit(unit).Parent;

    /// <exception cref="CommandFailedException">The script names a unit that is not in units.csv.</exception>
    public YearUnit Unit(string code) => Units.TryGetValue(code, out var unit)
        ? unit
        : throw new CommandFailedException($"script.json of {Tenant} names the unit '{code}', which units.csv does not have.");

    /// <exception cref="CommandFailedException">There is no scripted year in the folder, or it cannot be read.</exception>
    public static async Task<IReadOnlyList<YearTenant>> ReadAllAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        var year = new DirectoryInfo(Path.Combine(folder.FullName, "year"));
        if (!year.Exists)
        {
            throw new CommandFailedException($"There is no scripted year in {year.FullName}.");
        }

        var tenants = new List<YearTenant>();
        foreach (var child in year.EnumerateDirectories().OrderBy(child => child.Name, StringComparer.Ordinal).Where(child => File.Exists(At(child, "tenant.json"))))
        {
            try
            {
                tenants.Add(await ReadAsync(child, cancellation));
            }
            catch (JsonException fault)
            {
                throw new CommandFailedException($"The scripted year in {child.FullName} cannot be read: {fault.Message}");
            }
        }

        return tenants;
    }

    private static async Task<YearTenant> ReadAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        var manifest = JsonSerializer.Deserialize<Manifest>(await TextAsync("tenant.json"), Json)!;
        var units = await TextAsync(manifest.Units);
        var script = await TextAsync("script.json");
        var figures = new FileInfo(At(folder, "../figures.csv"));
        var all = units + script + await File.ReadAllTextAsync(figures.FullName, cancellation);
        return new YearTenant
        {
            Tenant = manifest.Tenant,
            Name = manifest.Name,
            UnitsCsv = units,
            Units = Parse(units),
            RequireSignature = manifest.RequireSignature,
            Calendars = manifest.Calendars.ToDictionary(
                each => int.Parse(each.Key, CultureInfo.InvariantCulture), each => new FileInfo(At(folder, each.Value))),
            Script = JsonSerializer.Deserialize<YearScript>(script, Json)!,
            Figures = YearFigures.Read(figures),
            Expected = YearExpectations.Parse(await TextAsync("expected.csv")),
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))),
        };

        Task<string> TextAsync(string file) => File.ReadAllTextAsync(At(folder, file), cancellation);
    }

    // generate.py writes plain lines: no quotes, the columns in the documented order.
    private static Dictionary<string, YearUnit> Parse(string units) => units
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(1)
        .Select((line, i) => (Fields: line.Split(','), Line: i + 1))
        .Select(row => new YearUnit(row.Fields[0], row.Fields[1], row.Fields[2], row.Fields[3], row.Fields[4], row.Line))
        .ToDictionary(unit => unit.Code, StringComparer.Ordinal);

    private static string At(DirectoryInfo folder, string file) => Path.Combine(folder.FullName, file);

    private sealed record Manifest(string Tenant, string Name, string Units, bool RequireSignature, Dictionary<string, string> Calendars);
}
