using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Aggregation.Gateway.Tests.Rights;

/// <summary>
/// A request that is right for a unit, made from the descriptor of any method: fields are filled in by their names, so that a
/// later RPC whose fields are named as others' has its sample already.
/// </summary>
internal sealed class SampleRequest
{
    private static readonly Dictionary<string, object> Values = new()
    {
        ["form"] = "2014",
        ["period"] = "2015",
        ["request_id"] = "matrix",
        ["revision"] = 1L,
        ["at_unit"] = "410000",
        ["hash"] = new string('a', 64),
        ["cell"] = "9.1",
        ["reason"] = "r",
        ["deadline"] = "2100-01-01",
        ["tenant"] = "west",
        ["name"] = "West",
        ["csv"] = "code,name,kind,level,parent,from,to",
        ["label"] = "matrix",
        ["administrator"] = true,
        ["key_id"] = "000000000000",
        ["user"] = "nobody",
        ["number"] = 1L,
        ["expected_digest"] = new string('0', 32),
    };

    /// <summary>Optional in every request, and leading elsewhere.</summary>
    private static readonly HashSet<string> LeftOut = ["as_of", "after", "submit", "read", "review", "expected_revision", "expires_at", "overlap"];

    private readonly string unit;

    private SampleRequest(string unit) => this.unit = unit;

    /// <summary>Whether the request names the unit that it is about.</summary>
    public bool NamesUnit { get; private set; }

    public byte[] Bytes { get; private init; } = [];

    public static SampleRequest Of(MethodDescriptor method, string unit)
    {
        if (method.Name == "ImportTenant")
        {
            return new SampleRequest(unit)
            {
                Bytes = V1.TransferChunk.Behind(null, new V1.TransferBody
                {
                    Header = new V1.TransferHeader
                    {
                        Tenant = "moved", Name = "Moved", ExportedAt = new Google.Protobuf.WellKnownTypes.Timestamp(),
                    },
                }).ToByteArray(),
            };
        }

        var sample = new SampleRequest(unit);
        var bytes = sample.Fill(method.InputType).ToByteArray();
        return new SampleRequest(unit) { Bytes = bytes, NamesUnit = sample.NamesUnit };
    }

    private IMessage Fill(MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            if (LeftOut.Contains(field.Name))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                FillList(field, (IList)field.Accessor.GetValue(message));
            }
            else if (field.FieldType == FieldType.Message)
            {
                field.Accessor.SetValue(message, Fill(field.MessageType));
            }
            else if (field.FieldType == FieldType.Enum)
            {
                // The first value that says anything.
                field.Accessor.SetValue(message, field.EnumType.Values[1].Number);
            }
            else if (field.Name is "unit" or "under")
            {
                NamesUnit = true;
                field.Accessor.SetValue(message, unit);
            }
            else if (Values.TryGetValue(field.Name, out var value) && Fits(field, value))
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private void FillList(FieldDescriptor field, IList list)
    {
        switch (field.Name)
        {
            case "periods":
                list.Add("2015");
                break;
            case "items":
                NamesUnit = true;
                list.Add(new V1.AcceptItem { Unit = unit, Revision = 1, Hash = new string('a', 64) });
                break;
            case "cells" when field.MessageType == V1.Cell.Descriptor:
                list.Add(new V1.Cell { Code = "9.1", Amount = new V1.Amount { Units = 39 } });
                break;
        }
    }

    private static bool Fits(FieldDescriptor field, object value) => (field.FieldType, value) switch
    {
        (FieldType.String, string) => true,
        (FieldType.Int64, long) => true,
        (FieldType.Bool, bool) => true,
        _ => false,
    };
}
