using Aggregation.TestKit.Oracles;
using Google.Protobuf;

namespace Aggregation.Faults.Checking.Structure;

/// <summary>
/// The payloads of the entries that make a tenant's structure, decoded from their bytes by what is documented about them. An
/// import: protobuf fields 1 (tree) and 2 (CSV). A restructuring: 1 (each change) and 2 (the structure it was planned on).
/// </summary>
internal static class StructureEntry
{
    public const string Imported = "units-imported";

    public const string Restructured = "units-restructured";

    public static (string Tree, string Csv) ReadImport(byte[] payload)
    {
        var texts = ReadTexts(payload);
        return (texts.GetValueOrDefault(1, ""), texts.GetValueOrDefault(2, ""));
    }

    /// <returns>The changes in their order, and the version of the structure before them.</returns>
    public static (IReadOnlyList<ChangeLine> Changes, long StructureVersion) ReadChanges(byte[] payload)
    {
        var changes = new List<ChangeLine>();
        var version = 0L;
        using var input = new CodedInputStream(payload);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    changes.Add(ReadChange(input.ReadBytes().ToByteArray()));
                    break;
                case 2:
                    version = input.ReadInt64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return (changes, version);
    }

    /// <summary>Fields 2 to 11, all text, in the order of the columns; field 1 is a number for messages.</summary>
    private static ChangeLine ReadChange(byte[] message)
    {
        var texts = ReadTexts(message);
        return new ChangeLine(Text(2), Text(3), Text(4), Text(5))
        {
            Parent = Text(6), Into = Text(7), Name = Text(8), Kind = Text(9), Level = Text(10), Children = Text(11),
        };

        string Text(int field) => texts.GetValueOrDefault(field, "");
    }

    private static Dictionary<int, string> ReadTexts(byte[] message)
    {
        var texts = new Dictionary<int, string>();
        using var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                texts[WireFormat.GetTagFieldNumber(tag)] = input.ReadString();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return texts;
    }
}
