using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Transfer;

/// <summary>Follows the chunks of an export from the first on, checks each, and knows how far it has come.</summary>
internal sealed class ExportScan
{
    public TransferHeader? Header { get; private set; }

    /// <summary>The last chunk that was sound.</summary>
    public TransferChunk? Last { get; private set; }

    /// <summary>The number of the chunk to come.</summary>
    public long Next => Last is null ? 0 : Last.Number + 1;

    /// <summary>The last entry; null before the first.</summary>
    public TransferEntry? Entry { get; private set; }

    public long Entries { get; private set; }

    /// <summary>The trailer was reached and all that it speaks of was there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Where the server goes on; null where nothing was received.</summary>
    public ExportCursor? Cursor => Header is null || Last is null ? null : new ExportCursor
    {
        Through = Header.Through,
        Number = Last.Number,
        Checksum = Last.Checksum,
        Stream = Entry?.Stream ?? "",
        Version = Entry?.Version ?? 0,
        Hash = Entry?.Hash ?? ByteString.Empty,
        Entries = Entries,
    };

    /// <summary>Follows the next chunk.</summary>
    /// <returns>What is wrong with it; null where nothing is, and only then it was followed.</returns>
    public string? Follow(TransferChunk chunk)
    {
        if (IsComplete || !chunk.IsBehind(Last))
        {
            return "its checksum does not hold";
        }

        var body = TransferBody.Parser.ParseFrom(chunk.Body);
        switch (body.ContentCase)
        {
            case TransferBody.ContentOneofCase.Header when Last is null:
                Header = body.Header;
                break;
            case TransferBody.ContentOneofCase.Entries when Last is not null && body.Entries.Entries.Count > 0:
                Entries += body.Entries.Entries.Count;
                Entry = body.Entries.Entries[^1];
                break;
            case TransferBody.ContentOneofCase.Trailer when Header is not null:
                if (body.Trailer.Entries != Entries || Header.Entries != Entries)
                {
                    return $"it has {Entries} entries instead of {Header.Entries}: the server's journal has become another; begin again";
                }

                IsComplete = true;
                break;
            default:
                return $"a chunk of this kind ({body.ContentCase}) does not belong here";
        }

        Last = chunk;
        return null;
    }
}
