using Google.Protobuf;

namespace Aggregation.Faults.Checking;

/// <summary>
/// The payload of an entry of the kind "submitted", decoded from its bytes by what is documented about them: protobuf fields
/// 1 (figures), 2 (nil) and 3 (accepted).
/// </summary>
internal sealed record SubmittedPayload(IReadOnlyDictionary<string, long> Cells, bool IsNil, bool IsAccepted)
{
    private const byte FiguresFormat = 1;

    /// <summary>The cells of the form "interaction" in the order of its layout.</summary>
    private static readonly string[] Layout =
    [
        "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "5.1", "5.1.a", "5.2",
    ];

    /// <exception cref="InvalidDataException">The bytes are not what was documented.</exception>
    public static SubmittedPayload Read(byte[] payload)
    {
        byte[] figures = [];
        var (isNil, isAccepted) = (false, false);
        using var input = new CodedInputStream(payload);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    figures = input.ReadBytes().ToByteArray();
                    break;
                case 2:
                    isNil = input.ReadBool();
                    break;
                case 3:
                    isAccepted = input.ReadBool();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new SubmittedPayload(ReadFigures(figures), isNil, isAccepted);
    }

    /// <summary>A format byte, the number of cells, a bit for each that is given, and the given values in zigzag.</summary>
    private static Dictionary<string, long> ReadFigures(byte[] packed)
    {
        var cells = new Dictionary<string, long>(StringComparer.Ordinal);
        if (packed.Length == 0)
        {
            return cells;
        }

        // The number is below 128: one byte holds it.
        if (packed[0] != FiguresFormat || packed[1] != Layout.Length)
        {
            throw new InvalidDataException($"Figures of format {packed[0]} with {packed[1]} cells; they must be of format {FiguresFormat} with {Layout.Length}.");
        }

        const int bits = 2;
        var first = bits + ((Layout.Length + 7) / 8);
        using var values = new CodedInputStream(packed, first, packed.Length - first);
        for (var cell = 0; cell < Layout.Length; cell++)
        {
            if ((packed[bits + (cell / 8)] >> (cell % 8) & 1) != 0)
            {
                cells.Add(Layout[cell], values.ReadSInt64());
            }
        }

        return values.IsAtEnd ? cells : throw new InvalidDataException("Bytes follow the last figure.");
    }
}
