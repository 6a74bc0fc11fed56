using System.Text.Json;
using Aggregation.Cli.Files;

namespace Aggregation.Cli.Demo;

/// <summary>One tenant of deploy/samples: its units, its lines, and what they file.</summary>
internal sealed record SampleTenant
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    /// <summary>CSV of the tree by territory.</summary>
    public required string Units { get; init; }

    /// <summary>CSV of each line 条, by its name.</summary>
    public required IReadOnlyDictionary<string, string> Lines { get; init; }

    public required IReadOnlyList<SubmissionItem> Submissions { get; init; }

    /// <summary>The unit above each unit in the territory; empty for a province.</summary>
    public required IReadOnlyDictionary<string, string> Parents { get; init; }

    /// <summary>Reads every tenant under a folder, in the order of their names.</summary>
    /// <exception cref="CommandFailedException">There is none, or a file is faulty.</exception>
    public static async Task<IReadOnlyList<SampleTenant>> ReadAllAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        var tenants = new List<SampleTenant>();
        if (folder.Exists)
        {
            foreach (var child in folder.EnumerateDirectories().OrderBy(child => child.Name, StringComparer.Ordinal))
            {
                if (File.Exists(Path.Combine(child.FullName, "tenant.json")))
                {
                    tenants.Add(await ReadAsync(child, cancellation));
                }
            }
        }

        return tenants.Count > 0 ? tenants : throw new CommandFailedException($"There are no sample tenants in {folder.FullName}.");
    }

    /// <summary>The province that a unit lies in.</summary>
    public string ProvinceOf(string unit)
    {
        var at = unit;
        while (Parents.TryGetValue(at, out var parent) && parent.Length > 0)
        {
            at = parent;
        }

        return at;
    }

    private static async Task<SampleTenant> ReadAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "tenant.json"), cancellation);
        var manifest = JsonSerializer.Deserialize<Manifest>(text, Json) ?? throw new CommandFailedException($"{folder.Name}/tenant.json is empty.");
        var units = await File.ReadAllTextAsync(Path.Combine(folder.FullName, manifest.Units), cancellation);
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, file) in manifest.Lines)
        {
            lines.Add(name, await File.ReadAllTextAsync(Path.Combine(folder.FullName, file), cancellation));
        }

        var files = new DirectoryInfo(Path.Combine(folder.FullName, "submissions")).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal);
        return new SampleTenant
        {
            Tenant = manifest.Tenant,
            Name = manifest.Name,
            Units = units,
            Lines = lines,
            Submissions = await SubmissionFiles.ReadAsync(files, TextFiles.OfSamples, cancellation),
            Parents = ParentsOf(units),
        };
    }

    // Sample files are plain: no quotes, the columns in the documented order.
    private static Dictionary<string, string> ParentsOf(string units) => units
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(fields => fields[0], fields => fields[4], StringComparer.Ordinal);

    private sealed record Manifest(string Tenant, string Name, string Units, Dictionary<string, string> Lines);
}
