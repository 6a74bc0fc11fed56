namespace Orleans.Serialization;

/// <summary>A type in a message is neither built in nor marked <see cref="GenerateSerializerAttribute"/>.</summary>
/// <param name="message">The message, which names the type.</param>
public sealed class CodecNotFoundException(string message) : SerializerException(message);
