using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is written to; the transport overrides what it supports.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message at once.</summary>
    public virtual void Complete(byte[] payload) => throw Unsupported(nameof(Complete));

    /// <summary>A buffer to write the message to; <see cref="Complete()"/> ends it.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw Unsupported(nameof(GetBufferWriter));

    /// <summary>Announces the length in bytes of what will be written, so that the buffer is allocated once.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a message written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw Unsupported(nameof(Complete));

    private NotSupportedException Unsupported(string member) => new($"{GetType().Name} does not support {member}");
}
