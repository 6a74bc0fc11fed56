namespace Orleans;

/// <summary>The numbers of the stages in which a silo or client starts.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>Before all others.</summary>
    public const int First = int.MinValue;

    /// <summary>The runtime sets itself up.</summary>
    public const int RuntimeInitialize = 2000;

    /// <summary>The runtime's services start.</summary>
    public const int RuntimeServices = 4000;

    /// <summary>Stores that the runtime needs start.</summary>
    public const int RuntimeStorageServices = 6000;

    /// <summary>The runtime's own grains start.</summary>
    public const int RuntimeGrainServices = 8000;

    /// <summary>The application's services start, stores of state among them.</summary>
    public const int ApplicationServices = 10000;

    /// <summary>The silo is about to join.</summary>
    public const int BecomeActive = Active - 1;

    /// <summary>The silo serves calls.</summary>
    public const int Active = 20000;

    /// <summary>After all others.</summary>
    public const int Last = int.MaxValue;
}
