using System.Text.Json;

namespace Aggregation.Cli.Files;

/// <summary>Submissions as JSON: one object, an array of them, or <c>{"submissions": [...]}</c>.</summary>
internal static class SubmissionJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static List<SubmissionItem> Parse(string file, string text, FaultList faults)
    {
        var items = new List<SubmissionItem>();
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("submissions", out var list))
            {
                root = list;
            }

            if (root.ValueKind != JsonValueKind.Array)
            {
                items.AddRange(ReadOne(file, root, faults));
                return items;
            }

            var index = 0;
            foreach (var element in root.EnumerateArray())
            {
                items.AddRange(ReadOne($"{file}[{index++}]", element, faults));
            }
        }
        catch (JsonException fault)
        {
            faults.Add(file, "", "JSON", $"不是合法的 JSON：{fault.Message}", $"Not valid JSON: {fault.Message}");
        }

        return items;
    }

    private static IEnumerable<SubmissionItem> ReadOne(string source, JsonElement element, FaultList faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(source, element.ValueKind.ToString(), "object", "填报必须是 JSON 对象", "A submission is a JSON object.");
            yield break;
        }

        var reader = new SubmissionReader(source, faults);
        foreach (var property in element.EnumerateObject())
        {
            reader.Read(property);
        }

        if (reader.Finish() is { } item)
        {
            yield return item;
        }
    }
}
