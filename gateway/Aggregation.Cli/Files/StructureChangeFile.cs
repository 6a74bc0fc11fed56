using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>
/// Changes of the structure from a file: CSV with the columns change, from, unit and optionally tree, parent, into, name,
/// kind, level, children; or JSON, an array of objects with these fields. What they mean, the server judges.
/// </summary>
internal static class StructureChangeFile
{
    /// <exception cref="CommandFailedException">The file is missing or cannot be read as changes; every fault is named.</exception>
    public static Task<List<StructureChange>> ReadAsync(FileInfo file, TextFiles texts, CancellationToken cancellation) =>
        new RecordReader<StructureChange>(file, "change", "from", "unit").ReadAsync("changes of the structure", texts, cancellation);
}
