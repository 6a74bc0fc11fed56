using System.Collections.Frozen;
using Aggregation.Domain.Texts;
using Google.Protobuf.Reflection;

namespace Aggregation.Gateway.Texts;

/// <summary>What one text field of a request may hold.</summary>
/// <param name="Kind">How it is laid out.</param>
/// <param name="Longest">Most characters, counted as UTF-16 does.</param>
internal readonly record struct TextField(TextKind Kind, int Longest)
{
    /// <summary>Identifiers, codes, days, words: whatever the table does not name.</summary>
    private static readonly TextField Other = new(TextKind.Line, 64);

    private static readonly TextField Statement = new(TextKind.Lines, 2_000);

    private static readonly FrozenDictionary<string, TextField> Table = new Dictionary<string, TextField>
    {
        ["Explanation.text"] = Statement,
        ["WithdrawRequest.reason"] = Statement,
        ["ReviewRequest.text"] = Statement,
        ["CellRemark.text"] = Statement,
        ["AcceptManyRequest.text"] = Statement,
        ["LockBelowRequest.text"] = Statement,
        ["ReportCompletionRequest.text"] = Statement,
        ["DecideCompletionRequest.text"] = Statement,
        ["CancelTaskRequest.reason"] = Statement,
        ["GrantExtensionRequest.reason"] = Statement,
        ["CheckDefinition.rule"] = new(TextKind.Lines, 1_000),
        ["CheckDefinition.message_zh"] = new(TextKind.Line, 300),
        ["CheckDefinition.message_en"] = new(TextKind.Line, 300),
        ["CreateTenantRequest.name"] = new(TextKind.Line, 100),
        ["CreateKeyRequest.label"] = new(TextKind.Line, 100),
        ["SetPersonRequest.name"] = new(TextKind.Line, 100),
        ["SetPersonRequest.email"] = new(TextKind.Line, 254),
        ["StructureChange.name"] = new(TextKind.Line, 200),
        ["StructureChange.children"] = new(TextKind.Line, 65_536),
        ["ExportCursor.stream"] = new(TextKind.Line, 400),

        // Its limit is a setting, in bytes.
        ["ImportUnitsRequest.csv"] = new(TextKind.File, int.MaxValue),
    }.ToFrozenDictionary();

    /// <summary>The fields that the table names, as <c>Explanation.text</c>.</summary>
    public static IEnumerable<string> Named => Table.Keys;

    public static TextField Of(FieldDescriptor field) => Table.GetValueOrDefault($"{field.ContainingType.Name}.{field.Name}", Other);
}
