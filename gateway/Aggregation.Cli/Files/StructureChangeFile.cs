using System.Globalization;
using System.Text.Json;
using Aggregation.V1;
using CsvHelper;
using CsvHelper.Configuration;

namespace Aggregation.Cli.Files;

/// <summary>
/// Changes of the structure from a file: CSV with the columns change, from, unit and optionally tree, parent, into, name,
/// kind, level, children; or JSON, an array of objects with these fields. What they mean, the server judges.
/// </summary>
internal static class StructureChangeFile
{
    private const string Columns = "change,tree,from,unit,parent,into,name,kind,level,children";

    private static readonly Dictionary<string, Action<StructureChange, string>> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["change"] = static (change, text) => change.Change = text,
        ["tree"] = static (change, text) => change.Tree = text,
        ["from"] = static (change, text) => change.From = text,
        ["unit"] = static (change, text) => change.Unit = text,
        ["parent"] = static (change, text) => change.Parent = text,
        ["into"] = static (change, text) => change.Into = text,
        ["name"] = static (change, text) => change.Name = text,
        ["kind"] = static (change, text) => change.Kind = text,
        ["level"] = static (change, text) => change.Level = text,
        ["children"] = static (change, text) => change.Children = text,
    };

    /// <exception cref="CommandFailedException">The file is missing or cannot be read as changes; every fault is named.</exception>
    public static async Task<List<StructureChange>> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no file {file.FullName}.");
        }

        var faults = new FaultList();
        var text = (await File.ReadAllTextAsync(file.FullName, cancellation)).TrimStart('\uFEFF');
        var changes = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? ParseJson(file.Name, text, faults)
            : ParseCsv(file.Name, text, faults);
        faults.ThrowIfAny($"{file.Name} cannot be read as changes of the structure; nothing was sent.");
        return changes;
    }

    private static List<StructureChange> ParseCsv(string file, string text, FaultList faults)
    {
        var changes = new List<StructureChange>();
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null };
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, configuration);
        var header = parser.Read() ? parser.Record! : [];
        foreach (var name in header.Where(name => !Fields.ContainsKey(name)))
        {
            faults.Add($"{file}: line 1", name, Columns, "未知的列", "There is no such column.");
        }

        if (header.Length == 0 || header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < header.Length)
        {
            faults.Add($"{file}: line 1", string.Join(',', header), Columns, "应有表头，且列不得重复", "A header is needed, each column once.");
        }

        while (faults.IsEmpty && parser.Read())
        {
            if (parser.Count != header.Length)
            {
                faults.Add(
                    $"{file}: line {parser.RawRow}", $"{parser.Count}", $"{header.Length} fields", "列数与表头不符", "Not as many fields as the header has.");
                break;
            }

            var change = new StructureChange { Line = parser.RawRow };
            for (var field = 0; field < header.Length; field++)
            {
                Fields[header[field]](change, parser[field]);
            }

            changes.Add(change);
        }

        return changes;
    }

    private static List<StructureChange> ParseJson(string file, string text, FaultList faults)
    {
        var changes = new List<StructureChange>();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                faults.Add(file, document.RootElement.ValueKind.ToString(), "array", "应为变更的数组", "Must be an array of changes.");
                return changes;
            }

            foreach (var element in document.RootElement.EnumerateArray())
            {
                changes.Add(ReadOne($"{file}[{changes.Count + 1}]", changes.Count + 1, element, faults));
            }
        }
        catch (JsonException fault)
        {
            faults.Add(file, "", "JSON", $"不是合法的 JSON：{fault.Message}", $"Not valid JSON: {fault.Message}");
        }

        return changes;
    }

    private static StructureChange ReadOne(string place, int number, JsonElement element, FaultList faults)
    {
        var change = new StructureChange { Line = number };
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(place, element.ValueKind.ToString(), "object", "变更应为 JSON 对象", "A change is a JSON object.");
            return change;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!Fields.TryGetValue(property.Name, out var set))
            {
                faults.Add($"{place}.{property.Name}", property.Name, Columns, "未知的字段", "There is no such field.");
            }
            else if (Text(property.Value) is { } text)
            {
                set(change, text);
            }
            else
            {
                faults.Add($"{place}.{property.Name}", property.Value.GetRawText(), "text", "应为文本", "Must be text.");
            }
        }

        return change;
    }

    /// <summary>A text, or a list of codes as one; null for anything else.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.EnumerateArray().All(code => code.ValueKind == JsonValueKind.String) =>
            string.Join(' ', value.EnumerateArray().Select(code => code.GetString())),
        _ => null,
    };
}
