namespace Orleans.Runtime;

/// <summary>A reference to a grain; calls on it become messages.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(GrainId grainId, GrainInterfaceType interfaceType)
    {
        GrainId = grainId;
        InterfaceType = interfaceType;
    }

    /// <summary>The identity of the grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface it is called by.</summary>
    public GrainInterfaceType InterfaceType { get; }

    /// <summary>The name of the interface it is called by.</summary>
    public virtual string InterfaceName => InterfaceType.ToString();

    /// <summary>The reference to the same grain as another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)CastTo(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>A hash which is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal virtual object CastTo(Type interfaceType) =>
        throw new InvalidOperationException($"The reference to {GrainId} has no runtime to make a {interfaceType} of.");
}
