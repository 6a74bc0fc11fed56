using System.Text;
using Aggregation.Contracts;
using Aggregation.Domain.Texts;

namespace Aggregation.Gateway.Mapping;

/// <summary>The table of a unit import: text, or a file as it was saved.</summary>
internal static class UnitsFile
{
    /// <param name="most">Bytes that are taken.</param>
    /// <returns>The text, and the encoding of the file; empty where text was sent.</returns>
    /// <exception cref="RefusedException">Too large, both at once, or bytes that are no text.</exception>
    public static (string Csv, string Encoding) Read(V1.ImportUnitsRequest request, int most)
    {
        var field = request.File.IsEmpty ? "csv" : "file";
        var size = request.File.IsEmpty ? Encoding.UTF8.GetByteCount(request.Csv) : request.File.Length;
        if (size > most)
        {
            throw Faults.TooMuch(field, size, most);
        }

        if (request.File.IsEmpty)
        {
            return request.Encoding.Length == 0 ? (request.Csv, "") : throw Faults.Refuse(Faults.NotTaken("encoding", "only with file"));
        }

        if (request.Csv.Length > 0)
        {
            throw Faults.Refuse(Faults.NotTaken("csv", "not with file"));
        }

        TextEncoding? asked = null;
        if (request.Encoding.Length > 0 && !EncodingNames.TryRead(request.Encoding, out asked))
        {
            throw Faults.Refuse(Faults.Unknown("encoding", request.Encoding, string.Join(", ", EncodingNames.All)));
        }

        return TextFile.Read(request.File.Span, asked, out var fault) is { } file
            ? (file.Text, EncodingNames.Of(file.Encoding))
            : throw Faults.Refuse(new Violation
            {
                Field = $"file[{fault!.Line}]@{fault.Offset}",
                Value = fault.Value,
                Rule = fault.Rule,
                MessageZh = fault.MessageZh,
                MessageEn = fault.MessageEn,
            });
    }
}
