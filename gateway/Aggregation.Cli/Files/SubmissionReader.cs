using System.Text.Json;
using Aggregation.V1;
using Google.Protobuf.Collections;

namespace Aggregation.Cli.Files;

/// <summary>Reads the properties of one JSON submission.</summary>
internal sealed class SubmissionReader(string source, FaultList faults)
{
    private readonly SubmitRequest _request = new();
    private bool _faulty;

    public void Read(JsonProperty property)
    {
        var value = property.Value;
        switch (property.Name)
        {
            case "unit": _request.Unit = Text(property); break;
            case "form": _request.Form = Text(property); break;
            case "period": _request.Period = Text(property); break;
            case "requestId": _request.RequestId = Text(property); break;
            case "filedOn": _request.FiledOn = Text(property); break;
            case "expectedRevision" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var revision):
                _request.ExpectedRevision = revision;
                break;
            case "nilReturn" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                _request.NilReturn = value.GetBoolean();
                break;
            case "cells" when value.ValueKind == JsonValueKind.Object: ReadCells(property, _request.Cells); break;
            case "narrative" when value.ValueKind == JsonValueKind.Object: ReadCells(property, _request.Narrative); break;
            case "explanations" when value.ValueKind == JsonValueKind.Object: ReadExplanations(value); break;
            // For people and editors.
            case "note" or "$schema": break;
            case "expectedRevision" or "nilReturn" or "cells" or "narrative" or "explanations":
                Fault(property.Name, value.GetRawText(), "type", "类型不对", "The value is of the wrong type.");
                break;
            default:
                Fault(property.Name, "", "known property", "没有这个属性", "There is no such property.");
                break;
        }
    }

    /// <summary>The submission, or null when it is faulty.</summary>
    public SubmissionItem? Finish()
    {
        Require("unit", _request.Unit);
        Require("form", _request.Form);
        Require("period", _request.Period);
        if (_faulty)
        {
            return null;
        }

        return new SubmissionItem(source, _request, DerivedId: _request.RequestId.Length == 0);
    }

    private void ReadCells(JsonProperty property, RepeatedField<Cell> cells)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in property.Value.EnumerateObject())
        {
            var field = $"{property.Name}[{cell.Name}]";
            // The raw text of a number keeps every digit; a double would not.
            var text = cell.Value.ValueKind switch
            {
                JsonValueKind.Number => cell.Value.GetRawText(),
                JsonValueKind.String => cell.Value.GetString(),
                _ => null,
            };
            if (!seen.Add(cell.Name))
            {
                Fault(field, text ?? "", "once", "单元格重复", "The cell is given twice.");
            }
            else if (AmountText.TryParse(text, out var amount))
            {
                cells.Add(new Cell { Code = cell.Name, Amount = amount });
            }
            else
            {
                Fault(field, cell.Value.GetRawText(), AmountText.Rule, "不是十进制数", "Not a plain decimal number.");
            }
        }
    }

    private void ReadExplanations(JsonElement value)
    {
        foreach (var explanation in value.EnumerateObject())
        {
            // Whatever ends the lines of the file, a text's end as the server takes them.
            _request.Explanations.Add(new Explanation { CheckId = explanation.Name, Text = Text(explanation).ReplaceLineEndings("\n") });
        }
    }

    private string Text(JsonProperty property)
    {
        if (property.Value.ValueKind == JsonValueKind.String)
        {
            return property.Value.GetString() ?? "";
        }

        Fault(property.Name, property.Value.GetRawText(), "string", "必须是字符串", "The value must be a string.");
        return "?";
    }

    private void Require(string name, string value)
    {
        if (value.Length == 0)
        {
            Fault(name, "", "required", "必填", "The property is required.");
        }
    }

    private void Fault(string field, string value, string rule, string messageZh, string messageEn)
    {
        _faulty = true;
        faults.Add($"{source}: {field}", value, rule, messageZh, messageEn);
    }
}
