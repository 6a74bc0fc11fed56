using System.Text.Json;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>
/// Reads the properties of one JSON object, noting as faults what is missing, of the wrong type, out of range or, in
/// <see cref="End"/>, unknown. A faulty property reads as a harmless value, so that one fault does not cause others.
/// </summary>
internal sealed class JsonPart
{
    private readonly JsonElement _element;
    private readonly FaultList _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JsonPart(JsonElement element, string subject, FaultList faults)
    {
        _element = element;
        _faults = faults;
        Subject = subject;
        if (element.ValueKind != JsonValueKind.Object)
            faults.Add(subject, "an object is expected");
    }

    /// <summary>What faults call the part; set it once its code is known.</summary>
    public string Subject { get; set; }

    public bool Has(string name) => TryGet(name, out _);

    public string Text(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        Fault($"'{name}' is missing or not a text");
        return "";
    }

    public string? OptionalText(string name) => Has(name) ? Text(name) : null;

    /// <summary>A code: letters, digits, '.', '-' and '_', beginning with a letter or digit, up to 32.</summary>
    public string Code(string name)
    {
        var code = Text(name);
        if (code.Length > 0 && !IsCode(code))
            Fault($"'{name}' is '{code}', not up to 32 letters, digits, '.', '-', '_' after a letter or digit");
        return code;
    }

    public LocalText LocalText(string name)
    {
        if (!TryGet(name, out var value))
        {
            Fault($"'{name}' is missing");
            return new LocalText("", "");
        }

        var part = new JsonPart(value, $"{Subject}, {name}", _faults);
        var text = new LocalText(part.Text("zh"), part.Text("en"));
        part.End();
        return text;
    }

    public long Integer(string name, long least, long most)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) && number >= least && number <= most)
        {
            return number;
        }

        var found = value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText();
        Fault($"'{name}' is {found}, not a whole number from {least} to {most}");
        return least;
    }

    public long? OptionalInteger(string name, long least, long most) => Has(name) ? Integer(name, least, most) : null;

    /// <summary>A number with at most two decimals, times 100.</summary>
    public int? OptionalHundredths(string name, int least, int most)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            && number * 100 >= least && number * 100 <= most && decimal.IsInteger(number * 100))
        {
            return (int)(number * 100);
        }

        Fault($"'{name}' is {value.GetRawText()}, not a number from {FixedPoint.Format(least, 2)} to {FixedPoint.Format(most, 2)} with at most 2 decimals");
        return least;
    }

    public bool Flag(string name)
    {
        if (!TryGet(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fault($"'{name}' is {value.GetRawText()}, not true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>One of the given words.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var text = Text(name);
        if (!choices.TryGetValue(text, out var choice) && text.Length > 0)
            Fault($"'{name}' is '{text}', not one of {string.Join(", ", choices.Keys)}");
        return choice;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item.ValueKind == JsonValueKind.String)
                texts.Add(item.GetString()!);
            else
                Fault($"'{name}' holds {item.GetRawText()}, not a text");
        }

        return texts;
    }

    /// <summary>The objects of an array, none where the property is absent.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<JsonPart, T> read)
    {
        var objects = new List<T>();
        foreach (var item in Items(name))
        {
            var part = new JsonPart(item, $"{name}[{objects.Count}]", _faults);
            objects.Add(read(part));
            part.End();
        }

        return objects;
    }

    public JsonPart Object(string name) =>
        new(TryGet(name, out var value) ? value : default, $"{Subject}, {name}", _faults);

    /// <summary>Marks a property as known whose content matters to people only.</summary>
    public void Ignore(string name) => _known.Add(name);

    /// <summary>Notes each property that nobody asked for.</summary>
    public void End()
    {
        if (_element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in _element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
                Fault($"property '{property.Name}' is unknown");
        }
    }

    public static bool IsCode(string text) => text.Length is > 0 and <= 32 && char.IsAsciiLetterOrDigit(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    /// <summary>A part that is no object has that one fault and no other.</summary>
    private void Fault(string rule)
    {
        if (_element.ValueKind == JsonValueKind.Object)
            _faults.Add(Subject, rule);
    }

    private JsonElement.ArrayEnumerator Items(string name)
    {
        if (!TryGet(name, out var value))
            return default;
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray();
        Fault($"'{name}' is not an array");
        return default;
    }

    private bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        value = default;
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out value);
    }
}
