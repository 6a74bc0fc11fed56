using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Options of a storage in memory.</summary>
public class MemoryGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The default of <see cref="NumStorageGrains"/>.</summary>
    public const int NumStorageGrainsDefaultValue = 10;

    /// <summary>The default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <summary>Into how many parts the state is divided; at least 1. One process keeps it in one.</summary>
    public int NumStorageGrains { get; set; } = NumStorageGrainsDefaultValue;

    /// <summary>The stage of the silo in which it is ready.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
