namespace Aggregation.Cli.Files;

/// <summary>Reads submissions from JSON and CSV files; the formats are described in docs/api.md.</summary>
internal static class SubmissionFiles
{
    /// <summary>Reads every file, in the order given.</summary>
    /// <exception cref="CommandFailedException">A file is missing or faulty; every fault of every file is named.</exception>
    public static async Task<IReadOnlyList<SubmissionItem>> ReadAsync(IEnumerable<FileInfo> files, CancellationToken cancellation)
    {
        var faults = new FaultList();
        var items = new List<SubmissionItem>();
        foreach (var file in files)
        {
            if (!file.Exists)
            {
                faults.Add(file.Name, file.FullName, "file exists", "文件不存在", "There is no such file.");
                continue;
            }

            var text = await File.ReadAllTextAsync(file.FullName, cancellation);
            items.AddRange(Parse(file.Name, text, faults));
        }

        faults.ThrowIfAny("The files cannot be sent as they are; nothing was sent.");
        return items;
    }

    /// <summary>Parses one file by the extension of its name.</summary>
    internal static IEnumerable<SubmissionItem> Parse(string name, string text, FaultList faults)
    {
        switch (Path.GetExtension(name).ToUpperInvariant())
        {
            case ".JSON":
                return SubmissionJson.Parse(name, text, faults);
            case ".CSV":
                return SubmissionCsv.Parse(name, text, faults);
            default:
                faults.Add(name, Path.GetExtension(name), ".json or .csv", "只接受 .json 或 .csv 文件", "Only .json and .csv files are read.");
                return [];
        }
    }
}
