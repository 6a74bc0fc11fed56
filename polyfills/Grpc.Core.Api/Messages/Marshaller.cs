namespace Grpc.Core;

/// <summary>Turns messages into bytes and back, by arrays or by the transport's contexts; either form serves the other.</summary>
public class Marshaller<T>
{
    private readonly Func<T, byte[]>? toArray;
    private readonly Func<byte[], T>? fromArray;

    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        toArray = serializer;
        fromArray = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
    }

    public Func<T, byte[]> Serializer => toArray ?? SerializeByContext;

    public Func<byte[], T> Deserializer => fromArray ?? DeserializeByContext;

    public Action<T, SerializationContext> ContextualSerializer { get; }

    public Func<DeserializationContext, T> ContextualDeserializer { get; }

    private byte[] SerializeByContext(T message)
    {
        var context = new ArraySerializationContext();
        ContextualSerializer(message, context);
        return context.Payload;
    }

    private T DeserializeByContext(byte[] payload) => ContextualDeserializer(new ArrayDeserializationContext(payload));
}

/// <summary>Makes marshallers.</summary>
public static class Marshallers
{
    private static readonly Marshaller<string> Strings =
        new(System.Text.Encoding.UTF8.GetBytes, System.Text.Encoding.UTF8.GetString);

    /// <summary>Strings as UTF-8.</summary>
    public static Marshaller<string> StringMarshaller => Strings;

    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    public static Marshaller<T> Create<T>(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}
