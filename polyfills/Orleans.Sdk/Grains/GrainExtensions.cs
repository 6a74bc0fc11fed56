using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>The reference to <paramref name="grain"/> as <typeparamref name="TGrainInterface"/>.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)Reference(grain).CastTo(typeof(TGrainInterface));

    /// <summary>The reference to <paramref name="grain"/> as another interface.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The identity of <paramref name="grain"/>.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase { GrainContext: { } context } => context.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw NoIdentity(grain),
    };

    /// <summary>The string key of <paramref name="grain"/>.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference Reference(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase { GrainContext: { } context } => context.GrainReference,
        _ => throw NoIdentity(grain),
    };

    private static ArgumentException NoIdentity(IAddressable grain) =>
        new($"{grain.GetType()} is neither a grain nor a reference to one; call CreateObjectReference for an observer.", nameof(grain));
}
