using System.Globalization;
using System.Text.Json;
using Aggregation.V1;
using CsvHelper;
using CsvHelper.Configuration;

namespace Aggregation.Cli.Files;

/// <summary>
/// A year's holidays and make-up workdays from a file: CSV with the columns day,kind, or JSON, an array of objects with these
/// fields. What they mean, the server judges.
/// </summary>
internal static class CalendarFile
{
    private const string Columns = "day,kind";

    /// <exception cref="CommandFailedException">The file is missing or cannot be read as a calendar; every fault is named.</exception>
    public static async Task<List<CalendarDay>> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no file {file.FullName}.");
        }

        var faults = new FaultList();
        var text = (await File.ReadAllTextAsync(file.FullName, cancellation)).TrimStart('\uFEFF');
        var days = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? ParseJson(file.Name, text, faults)
            : ParseCsv(file.Name, text, faults);
        faults.ThrowIfAny($"{file.Name} cannot be read as a calendar; nothing was sent.");
        return days;
    }

    private static List<CalendarDay> ParseCsv(string file, string text, FaultList faults)
    {
        var days = new List<CalendarDay>();
        using var reader = new StringReader(text);
        using var parser = new CsvParser(
            reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null });
        var header = parser.Read() ? string.Join(',', parser.Record!) : "";
        if (!header.Equals(Columns, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{file}: line 1", header, Columns, "表头应为 day,kind", "The header is day,kind.");
            return days;
        }

        while (parser.Read())
        {
            if (parser.Count != 2)
            {
                faults.Add($"{file}: line {parser.RawRow}", $"{parser.Count}", "2 fields", "每行应有两列", "Each line has two fields.");
            }
            else
            {
                days.Add(new CalendarDay { Line = parser.RawRow, Day = parser[0], Kind = parser[1] });
            }
        }

        return days;
    }

    private static List<CalendarDay> ParseJson(string file, string text, FaultList faults)
    {
        var days = new List<CalendarDay>();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                faults.Add(file, document.RootElement.ValueKind.ToString(), "array", "应为日期的数组", "Must be an array of days.");
                return days;
            }

            foreach (var element in document.RootElement.EnumerateArray())
            {
                var number = days.Count + 1;
                days.Add(new CalendarDay { Line = number, Day = Text(element, "day"), Kind = Text(element, "kind") });
                if (days[^1].Day.Length == 0 || days[^1].Kind.Length == 0 || element.EnumerateObject().Count() > 2)
                {
                    faults.Add($"{file}[{number}]", element.GetRawText(), Columns, "应有 day 和 kind 两个文本字段", "Has the two texts day and kind.");
                }
            }
        }
        catch (JsonException fault)
        {
            faults.Add(file, "", "JSON", $"不是合法的 JSON：{fault.Message}", $"Not valid JSON: {fault.Message}");
        }

        return days;
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
