using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Aggregation.Cli.Files;

/// <summary>
/// Reads a file into messages: CSV with a header, or JSON, an array of objects. The columns are the message's text fields; its
/// field <c>line</c> gets the line, or the number in the array.
/// </summary>
/// <param name="areAllNeeded">Whether no column may be left out.</param>
internal sealed class RecordReader<T>(FileInfo file, bool areAllNeeded)
    where T : IMessage, new()
{
    private static readonly MessageDescriptor Message = new T().Descriptor;
    private static readonly Dictionary<string, IFieldAccessor> Fields = Message.Fields.InDeclarationOrder()
        .Where(field => field.FieldType == FieldType.String)
        .ToDictionary(field => field.Name, field => field.Accessor, StringComparer.OrdinalIgnoreCase);

    private static readonly string Columns = string.Join(',', Fields.Keys);

    private readonly FaultList _faults = new();
    private readonly List<T> _records = [];

    /// <param name="what">What the messages are together, as a fault calls them.</param>
    /// <exception cref="CommandFailedException">The file is missing or cannot be read; every fault is named.</exception>
    public async Task<List<T>> ReadAsync(string what, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no file {file.FullName}.");
        }

        var text = (await File.ReadAllTextAsync(file.FullName, cancellation)).TrimStart('\uFEFF');
        Action<string> parse = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) ? ParseJson : ParseCsv;
        parse(text);
        _faults.ThrowIfAny($"{file.Name} cannot be read as {what}; nothing was sent.");
        return _records;
    }

    private void ParseCsv(string text)
    {
        using var reader = new StringReader(text);
        using var parser = new CsvParser(
            reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null });
        var header = parser.Read() ? parser.Record! : [];
        CheckHeader(header);
        var isReadable = _faults.IsEmpty;
        while (isReadable && parser.Read())
        {
            if (parser.Count != header.Length)
            {
                Fault($": line {parser.RawRow}", $"{parser.Count}", $"{header.Length} fields", "列数与表头不符", "Not as many fields as the header has.");
                continue;
            }

            var record = Add(parser.RawRow);
            foreach (var (name, value) in header.Zip(parser.Record!))
            {
                Fields[name].SetValue(record, value);
            }
        }
    }

    private void CheckHeader(string[] header)
    {
        foreach (var name in header.Where(name => !Fields.ContainsKey(name)))
        {
            Fault(": line 1", name, Columns, "未知的列", "There is no such column.");
        }

        var count = header.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (count == 0 || count < header.Length)
        {
            Fault(": line 1", string.Join(',', header), Columns, "应有表头，且列不得重复", "A header is needed, each column once.");
        }
        else if (areAllNeeded && count < Fields.Count)
        {
            Fault(": line 1", string.Join(',', header), Columns, "缺少列", "A column is missing.");
        }
    }

    private void ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                Fault("", document.RootElement.ValueKind.ToString(), "array", "应为对象的数组", "Must be an array of objects.");
                return;
            }

            foreach (var element in document.RootElement.EnumerateArray())
            {
                ReadOne(element);
            }
        }
        catch (JsonException fault)
        {
            Fault("", "", "JSON", $"不是合法的 JSON：{fault.Message}", $"Not valid JSON: {fault.Message}");
        }
    }

    private void ReadOne(JsonElement element)
    {
        var record = Add(_records.Count + 1);
        var place = $"[{_records.Count}]";
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(place, element.ValueKind.ToString(), "object", "应为 JSON 对象", "Must be a JSON object.");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!Fields.TryGetValue(property.Name, out var field))
            {
                Fault($"{place}.{property.Name}", property.Name, Columns, "未知的字段", "There is no such field.");
            }
            else if (Text(property.Value) is { } text)
            {
                field.SetValue(record, text);
            }
            else
            {
                Fault($"{place}.{property.Name}", property.Value.GetRawText(), "text", "应为文本", "Must be text.");
            }
        }

        if (areAllNeeded && Fields.Values.Any(field => field.GetValue(record) is ""))
        {
            Fault(place, element.GetRawText(), Columns, "不得缺少字段", "Every field is needed.");
        }
    }

    private T Add(int line)
    {
        var record = new T();
        Message.FindFieldByName("line").Accessor.SetValue(record, line);
        _records.Add(record);
        return record;
    }

    private void Fault(string place, string value, string rule, string messageZh, string messageEn) =>
        _faults.Add(file.Name + place, value, rule, messageZh, messageEn);

    /// <summary>A text, or a list of codes as one; null for anything else.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.EnumerateArray().All(code => code.ValueKind == JsonValueKind.String) =>
            string.Join(' ', value.EnumerateArray().Select(code => code.GetString())),
        _ => null,
    };
}
