using System.Globalization;
using System.Text;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>The labels of one sample, as they are written. Two attributes that become one name share it, as OpenTelemetry has it.</summary>
internal sealed class SampleLabels
{
    private readonly List<KeyValuePair<string, string>> _labels = [];

    public void Add(string key, object? value)
    {
        var name = PrometheusName.Sanitize(key);
        var text = Text(value);
        var same = _labels.FindIndex(label => label.Key == name);
        if (same < 0)
        {
            _labels.Add(new(name, text));
        }
        else
        {
            _labels[same] = new(name, $"{_labels[same].Value};{text}");
        }
    }

    public override string ToString() => Write(null, "");

    /// <summary>With one more behind them.</summary>
    public string With(string name, string value) => Write(name, value);

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private string Write(string? more, string value)
    {
        if (_labels.Count == 0 && more is null)
        {
            return "";
        }

        var text = new StringBuilder("{");
        foreach (var label in _labels)
        {
            Write(text, label.Key, label.Value);
        }

        if (more is not null)
        {
            Write(text, more, value);
        }

        return text.Append('}').ToString();
    }

    private static void Write(StringBuilder text, string name, string value)
    {
        if (text.Length > 1)
        {
            text.Append(',');
        }

        text.Append(name).Append("=\"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
