using Orleans.Runtime.Calls;
using Orleans.Runtime.Messages;
using Orleans.Serialization;

namespace Orleans.Runtime.Proxies;

/// <summary>Base of the emitted references: each method makes a call object and sends it.</summary>
internal abstract class GrainProxy(SiloRuntime runtime, GrainId grainId, GrainInterfaceType interfaceType)
    : GrainReference(grainId, interfaceType)
{
    public SiloRuntime Runtime { get; } = runtime;

    /// <summary>Whether it refers to an observer.</summary>
    public bool IsObserver => GrainId.Type == ObserverTypes.Client;

    /// <summary>What to send for an argument.</summary>
    public static T Argument<T>(T value, string place)
    {
        try
        {
            return Slot<T>.Send(value);
        }
        catch (CodecNotFoundException e)
        {
            throw new CodecNotFoundException($"Argument {place}: {e.Message}");
        }
    }

    /// <summary>What to send for an argument that the method promises not to change.</summary>
    public static T ImmutableArgument<T>(T value, string place)
    {
        try
        {
            return Slot<T>.SendImmutable(value);
        }
        catch (CodecNotFoundException e)
        {
            throw new CodecNotFoundException($"Argument {place}: {e.Message}");
        }
    }

    public Task SendTask(GrainCall<Nothing> call) => Runtime.Send(this, call);

    public Task<T> SendTaskOf<T>(GrainCall<T> call) => Runtime.Send(this, call);

    public ValueTask SendValueTask(GrainCall<Nothing> call) => new(Runtime.Send(this, call));

    public ValueTask<T> SendValueTaskOf<T>(GrainCall<T> call) => new(Runtime.Send(this, call));

    public void SendVoid(GrainCall<Nothing> call) => Runtime.Send(this, call);

    internal override object CastTo(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : Runtime.Factory.Reference(interfaceType, GrainId);
}
