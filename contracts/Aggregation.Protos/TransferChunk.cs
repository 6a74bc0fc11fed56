using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;

namespace Aggregation.V1;

/// <content>The chain of checksums through the chunks of an export.</content>
public sealed partial class TransferChunk
{
    /// <summary>The chunk with this body behind another one; null: the first.</summary>
    public static TransferChunk Behind(TransferChunk? previous, TransferBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var chunk = new TransferChunk { Number = previous is null ? 0 : previous.Number + 1, Body = body.ToByteString() };
        chunk.Checksum = ByteString.CopyFrom(chunk.ChecksumBehind(previous));
        return chunk;
    }

    /// <summary>Whether the chunk is what was sent, and comes behind that one; null: is the first.</summary>
    public bool IsBehind(TransferChunk? previous) =>
        Number == (previous is null ? 0 : previous.Number + 1) && Checksum.Span.SequenceEqual(ChecksumBehind(previous));

    private byte[] ChecksumBehind(TransferChunk? previous)
    {
        Span<byte> head = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long)];
        head.Clear();
        previous?.Checksum.Span[..Math.Min(previous.Checksum.Length, SHA256.HashSizeInBytes)].CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[SHA256.HashSizeInBytes..], Number);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(Body.Span);
        return hash.GetHashAndReset();
    }
}
