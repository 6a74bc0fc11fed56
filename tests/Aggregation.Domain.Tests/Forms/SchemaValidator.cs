using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>Checks JSON against the keywords that the form schema uses, and records which properties it met.</summary>
internal sealed class SchemaValidator(JsonElement root)
{
    /// <summary>Keywords that say something to people only.</summary>
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];

    public List<string> Violations { get; } = [];

    /// <summary>Properties met, as <c>definition.property</c>.</summary>
    public HashSet<string> Met { get; } = [];

    public void Validate(JsonElement value) => Validate(value, root, "form", "$");

    /// <summary>Properties declared, as <c>definition.property</c>.</summary>
    public IEnumerable<string> Declared() => root.GetProperty("$defs").EnumerateObject()
        .Select(definition => (definition.Name, definition.Value)).Prepend(("form", root))
        .Where(definition => definition.Item2.TryGetProperty("properties", out _))
        .SelectMany(definition => definition.Item2.GetProperty("properties").EnumerateObject()
            .Select(property => $"{definition.Item1}.{property.Name}"));

    private void Validate(JsonElement value, JsonElement schema, string definition, string path)
    {
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
        {
            if (keyword.Name == "$ref")
                Follow(value, keyword.Value.GetString()!, path);
            else if (!Holds(value, keyword, schema, definition, path))
                Violations.Add($"{path}: {keyword.Name} {keyword.Value.GetRawText()}");
        }
    }

    private void Follow(JsonElement value, string reference, string path)
    {
        var name = reference["#/$defs/".Length..];
        Validate(value, root.GetProperty("$defs").GetProperty(name), name, path);
    }

    private bool Holds(JsonElement value, JsonProperty keyword, JsonElement schema, string definition, string path)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                return rule.GetString() == TypeOf(value) || (rule.GetString() == "number" && TypeOf(value) == "integer");
            case "enum":
                return rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value));
            case "required":
                return rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "oneOf":
                return rule.EnumerateArray().Count(option => HasRequired(value, option)) == 1;
            case "anyOf":
                return rule.EnumerateArray().Any(option => HasRequired(value, option));
            case "additionalProperties":
                return value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _));
            case "minItems":
                return value.GetArrayLength() >= rule.GetInt32();
            case "uniqueItems":
                return value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength();
            case "minLength":
                return value.GetString()!.Length >= rule.GetInt32();
            case "maxLength":
                return value.GetString()!.Length <= rule.GetInt32();
            case "pattern":
                return Regex.IsMatch(value.GetString()!, rule.GetString()!);
            case "minimum":
                return value.GetDecimal() >= rule.GetDecimal();
            case "maximum":
                return value.GetDecimal() <= rule.GetDecimal();
            case "items":
                foreach (var item in value.EnumerateArray())
                    Validate(item, rule, definition, $"{path}[]");
                return true;
            case "properties":
                foreach (var property in value.EnumerateObject())
                {
                    Met.Add($"{definition}.{property.Name}");
                    if (rule.TryGetProperty(property.Name, out var inner))
                        Validate(property.Value, inner, definition, $"{path}.{property.Name}");
                }

                return true;
            default:
                throw new NotSupportedException($"The schema uses '{keyword.Name}', which this test does not know.");
        }
    }

    private static bool HasRequired(JsonElement value, JsonElement option) =>
        option.GetProperty("required").EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
