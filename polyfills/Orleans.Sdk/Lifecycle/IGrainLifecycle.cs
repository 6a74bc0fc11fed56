namespace Orleans.Runtime;

/// <summary>The stages of an activation.</summary>
public interface IGrainLifecycle : ILifecycleObservable;

/// <summary>The numbers of an activation's stages.</summary>
public static class GrainLifecycleStage
{
    /// <summary>Before all others.</summary>
    public const int First = int.MinValue;

    /// <summary>State is read.</summary>
    public const int SetupState = 1000;

    /// <summary><see cref="IGrainBase.OnActivateAsync"/> runs.</summary>
    public const int Activate = 2000;

    /// <summary>After all others.</summary>
    public const int Last = int.MaxValue;
}
