namespace Grpc.Core;

/// <summary>How messages are written to a call.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait for the next one instead of being flushed.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed even where the call is.</summary>
    NoCompress = 0x2,
}

/// <summary>Options for the messages written after they are set.</summary>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    public WriteFlags Flags { get; } = flags;
}
