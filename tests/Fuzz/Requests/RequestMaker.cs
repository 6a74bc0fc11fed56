using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Aggregation.Fuzz.Requests;

/// <summary>Makes requests of any type from its descriptor alone, so that a later RPC is fuzzed as soon as it is served.</summary>
internal sealed class RequestMaker(Random random)
{
    private const int Depth = 4;
    private const int Many = 10_000;
    private const int Groups = 20_000;

    public byte[] Make(MessageDescriptor type, FuzzKind kind) => kind switch
    {
        FuzzKind.RandomBytes => Bytes(random.Next(1, 300)),
        FuzzKind.DeepNesting => random.Next(2) == 0 ? NestedGroups() : NestedMessages(type),
        FuzzKind.Mutated => Mutate(Message(type, FuzzKind.RandomMessage, Depth).ToByteArray()),
        _ => Message(type, kind, Depth).ToByteArray(),
    };

    private IMessage Message(MessageDescriptor type, FuzzKind kind, int depth)
    {
        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            // Names lead a request to where its other fields are looked at; the rest is there or not.
            if (!Values.Likely.ContainsKey(field.Name) && random.Next(4) == 0)
            {
                continue;
            }

            if (field.IsMap)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                Fill((IList)field.Accessor.GetValue(message), field, kind, depth);
            }
            else if (Value(field, kind, depth) is { } value)
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private void Fill(IList list, FieldDescriptor field, FuzzKind kind, int depth)
    {
        // 10,000 elements once, not 10,000 in each of 10,000.
        var count = kind == FuzzKind.ManyCells && depth == Depth ? Many : random.Next(4);
        for (var i = 0; i < count; i++)
        {
            if (Value(field, kind, depth) is not { } value)
            {
                return;
            }

            list.Add(value);
        }
    }

    private object? Value(FieldDescriptor field, FuzzKind kind, int depth) => field.FieldType switch
    {
        FieldType.Message => depth == 0 ? null : Message(field.MessageType, kind, depth - 1),
        FieldType.String => Text(field.Name, kind),
        FieldType.Bytes => ByteString.CopyFrom(Bytes(random.Next(100))),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => kind == FuzzKind.HugeNumbers ? (int)Number(kind) : random.Next(-1, field.EnumType.Values.Count + 1),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => unchecked((int)Number(kind)),
        FieldType.UInt32 or FieldType.Fixed32 => unchecked((uint)Number(kind)),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Number(kind),
        FieldType.UInt64 or FieldType.Fixed64 => unchecked((ulong)Number(kind)),
        FieldType.Float => (float)Values.HugeReal[random.Next(Values.HugeReal.Length)],
        FieldType.Double => Values.HugeReal[random.Next(Values.HugeReal.Length)],
        _ => null,
    };

    private string Text(string name, FuzzKind kind)
    {
        // One text in four is hostile: a request of nothing else is refused at its first field.
        if (kind == FuzzKind.HostileText && random.Next(4) == 0)
        {
            return Values.Hostile[random.Next(Values.Hostile.Length)];
        }

        if (Values.Likely.TryGetValue(name, out var likely) && random.Next(10) != 0)
        {
            return likely[random.Next(likely.Length)];
        }

        return random.Next(3) == 0 ? Values.Text(random) : Convert.ToHexString(Bytes(16));
    }

    private long Number(FuzzKind kind) => kind == FuzzKind.HugeNumbers
        ? Values.Huge[random.Next(Values.Huge.Length)]
        : random.Next(-2, 100);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Mutate(byte[] bytes)
    {
        var list = bytes.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && list.Count > 0; changes--)
        {
            var place = random.Next(list.Count);
            switch (random.Next(4))
            {
                case 0:
                    list[place] = (byte)random.Next(256);
                    break;
                case 1:
                    list.RemoveAt(place);
                    break;
                case 2:
                    list.Insert(place, (byte)random.Next(256));
                    break;
                default:
                    list.RemoveRange(place, list.Count - place);
                    break;
            }
        }

        return [.. list];
    }

    /// <summary>Fields that no message has: groups that open and never close, and ones that do.</summary>
    private byte[] NestedGroups()
    {
        const byte open = (15 << 3) | 3, close = (15 << 3) | 4;
        return [.. Enumerable.Repeat(open, Groups), .. Enumerable.Repeat(close, random.Next(2) * Groups)];
    }

    /// <summary>The first field that is a message, in itself again and again, though its type does not go as deep.</summary>
    private byte[] NestedMessages(MessageDescriptor type)
    {
        var number = type.Fields.InFieldNumberOrder().FirstOrDefault(static field => field.FieldType == FieldType.Message)?.FieldNumber ?? 1;
        byte[] inner = [];
        for (var i = 0; i < 2_000; i++)
        {
            using var stream = new MemoryStream();
            using (var output = new CodedOutputStream(stream, leaveOpen: true))
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(inner));
            }

            inner = stream.ToArray();
        }

        return inner;
    }
}
