using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>Reads base64 as the bytes it stands for; segments may end in padding anywhere on a multiple of four characters.</summary>
internal sealed class Base64DecodingStream(PipeReader inner) : Stream
{
    private const int QuantumCharacters = 4;
    private const int QuantumBytes = 3;

    private readonly byte[] decoded = new byte[QuantumBytes];
    private int decodedStart;
    private int decodedEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;

        while (true)
        {
            var written = TakeDecoded(buffer.Span);
            if (written > 0)
                return written;

            var result = await inner.ReadAsync(cancellationToken);
            var sequence = result.Buffer;
            if (result.IsCompleted && sequence.IsEmpty)
                return 0;

            if (result.IsCompleted && sequence.Length < QuantumCharacters)
                throw new InvalidDataException("The request's base64 ends in the middle of a group of four characters");

            written = Decode(ref sequence, buffer.Span);
            inner.AdvanceTo(sequence.Start, written > 0 || decodedEnd > decodedStart ? sequence.Start : sequence.End);
            if (written > 0)
                return written;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request is read asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    /// <summary>Decodes as many whole groups as fit; one that does not fit waits in <see cref="decoded"/>.</summary>
    private int Decode(ref ReadOnlySequence<byte> source, Span<byte> destination)
    {
        var total = 0;
        Span<byte> characters = stackalloc byte[QuantumCharacters];
        while (source.Length >= QuantumCharacters && total < destination.Length)
        {
            source.Slice(0, QuantumCharacters).CopyTo(characters);
            source = source.Slice(QuantumCharacters);
            if (Base64.DecodeFromUtf8(characters, decoded, out _, out decodedEnd) != OperationStatus.Done)
                throw new InvalidDataException("The request's body is not base64");

            decodedStart = 0;
            total += TakeDecoded(destination[total..]);
        }

        return total;
    }

    private int TakeDecoded(Span<byte> destination)
    {
        var count = Math.Min(decodedEnd - decodedStart, destination.Length);
        decoded.AsSpan(decodedStart, count).CopyTo(destination);
        decodedStart += count;
        return count;
    }
}
