using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message as an array, for <see cref="Marshaller{T}.Serializer"/> of a contextual marshaller.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private byte[]? payload;

    public byte[] Payload => payload ?? throw new InvalidOperationException("The serializer did not complete its message");

    public override void Complete(byte[] payload)
    {
        if (this.payload is not null)
            throw new InvalidOperationException("The serializer completed its message twice");

        this.payload = payload;
    }

    public override IBufferWriter<byte> GetBufferWriter() => buffer;

    public override void Complete() => Complete(buffer.WrittenSpan.ToArray());
}

/// <summary>Presents an array as a received message.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.AsSpan().ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
