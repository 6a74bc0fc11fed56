using Aggregation.Cli.Connection;
using Aggregation.Cli.Spreadsheets;
using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>Reads submissions from JSON, CSV and .xlsx files; the formats are described in docs/api.md.</summary>
internal static class SubmissionFiles
{
    /// <summary>Reads every file, in the order given; spreadsheets are read by the forms that the server has.</summary>
    /// <exception cref="CommandFailedException">A file is missing or faulty; every fault of every file is named.</exception>
    public static Task<IReadOnlyList<SubmissionItem>> ReadAsync(
        IEnumerable<FileInfo> files, TextFiles texts, Api api, CancellationToken cancellation)
    {
        var forms = new Dictionary<string, Form>(StringComparer.Ordinal);
        return ReadAllAsync(files, texts, FormOf, cancellation);

        async Task<Form> FormOf(string id)
        {
            if (!forms.TryGetValue(id, out var form))
            {
                form = await api.Catalog.GetFormAsync(new GetFormRequest { Form = id }, api.Call());
                forms.Add(id, form);
            }

            return form;
        }
    }

    /// <summary>As the other; spreadsheets are refused.</summary>
    public static Task<IReadOnlyList<SubmissionItem>> ReadAsync(IEnumerable<FileInfo> files, TextFiles texts, CancellationToken cancellation) =>
        ReadAllAsync(files, texts, null, cancellation);

    private static async Task<IReadOnlyList<SubmissionItem>> ReadAllAsync(
        IEnumerable<FileInfo> files, TextFiles texts, Func<string, Task<Form>>? formOf, CancellationToken cancellation)
    {
        var faults = new FaultList();
        var items = new List<SubmissionItem>();
        foreach (var file in files)
        {
            if (formOf is not null && file.Exists && file.Extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
            {
                items.AddRange(await ReadSpreadsheetAsync(file, formOf, faults, cancellation));
                continue;
            }

            if (await texts.ReadAsync(file, faults, cancellation) is { } text)
            {
                items.AddRange(Parse(file.Name, text, faults));
            }
        }

        faults.ThrowIfAny("The files cannot be sent as they are; nothing was sent.");
        return items;
    }

    private static async Task<IEnumerable<SubmissionItem>> ReadSpreadsheetAsync(
        FileInfo file, Func<string, Task<Form>> formOf, FaultList faults, CancellationToken cancellation)
    {
        if (file.Length > WorkbookParts.LargestFile)
        {
            faults.Add(file.Name, $"{file.Length}", $"<= {WorkbookParts.LargestFile}", "文件过大", "The file is too large.");
            return [];
        }

        return await SpreadsheetReader.ReadAsync(file.Name, await File.ReadAllBytesAsync(file.FullName, cancellation), formOf, faults);
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
                faults.Add(name, Path.GetExtension(name), ".json, .csv or .xlsx", "只接受 .json、.csv 或 .xlsx 文件", "Only .json, .csv and .xlsx files are read.");
                return [];
        }
    }
}
