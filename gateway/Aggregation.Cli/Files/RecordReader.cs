using System.Collections.Immutable;
using System.Text.Json;
using Aggregation.Domain.Texts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Aggregation.Cli.Files;

/// <summary>
/// Reads a file into messages: CSV with a header, or JSON, an array of objects. The columns are the message's text fields; its
/// field <c>line</c> gets the line, or the number in the array.
/// </summary>
/// <param name="required">Names of the columns that may not be left out.</param>
internal sealed class RecordReader<T>(FileInfo file, params ImmutableArray<string> required)
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
    public async Task<List<T>> ReadAsync(string what, TextFiles texts, CancellationToken cancellation)
    {
        if (await texts.ReadAsync(file, _faults, cancellation) is { } text)
        {
            Action<string> parse = file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase) ? ParseJson : ParseCsv;
            parse(text);
        }

        _faults.ThrowIfAny($"{file.Name} cannot be read as {what}; nothing was sent.");
        return _records;
    }

    private void ParseCsv(string text)
    {
        var table = CsvTable.Read(text, new CsvColumns([.. Fields.Keys], required));
        _faults.Add(file.Name, table.Faults);
        foreach (var row in table.Rows)
        {
            var record = Add(row.Line);
            foreach (var (field, value) in Fields.Values.Zip(row.Values))
            {
                field.SetValue(record, value);
            }
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

        if (required.Any(name => Fields[name].GetValue(record) is ""))
        {
            Fault(place, element.GetRawText(), string.Join(',', required), "不得缺少字段", "These fields are needed.");
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
