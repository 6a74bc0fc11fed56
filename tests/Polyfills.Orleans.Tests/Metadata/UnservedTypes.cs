namespace Aggregation.Polyfills.Orleans.Tests.Metadata;

/// <summary>
/// Types of the polyfills that upstream keeps in assemblies which are not served, and which no served assembly mentions.
/// Nothing here proves them: add one only with upstream's documentation at hand.
/// </summary>
internal static class UnservedTypes
{
    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        // Orleans.Serialization and its abstractions
        "Orleans.GenerateFieldIds",
        "Orleans.ResponseTimeoutAttribute",
        "Orleans.Serialization.CodecNotFoundException",
        "Orleans.Serialization.SerializerException",

        // Orleans.Core
        "Orleans.Configuration.MessagingOptions",
        "Orleans.GrainState`1",
        "Orleans.IClusterClient",
        "Orleans.ServiceLifecycleStage",
        "Orleans.Storage.BadProviderConfigException",
        "Orleans.Utilities.ObserverManager`1",
        "Orleans.Utilities.ObserverManager`2",

        // Orleans.Runtime
        "Orleans.CollectionAgeLimitAttribute",
        "Orleans.Configuration.EndpointOptions",
        "Orleans.Configuration.GrainCollectionOptions",
        "Orleans.Configuration.SiloMessagingOptions",
        "Orleans.Configuration.SiloOptions",
        "Orleans.Core.StateStorageBridge`1",
        "Orleans.Hosting.CoreHostingExtensions",
        "Orleans.Hosting.GrainCallFilterSiloBuilderExtensions",
        "Orleans.Hosting.SiloBuilderStartupExtensions",
        "Orleans.IFacetMetadata",
        "Orleans.KeepAliveAttribute",
        "Orleans.Runtime.IPersistentStateConfiguration",
        "Orleans.Runtime.IPersistentStateFactory",
        "Orleans.Runtime.IPersistentState`1",
        "Orleans.Runtime.PersistentStateAttribute",
        "Orleans.Runtime.PersistentStateFactory",

        // Orleans.Persistence.Memory
        "Orleans.Configuration.MemoryGrainStorageOptions",
        "Orleans.Hosting.MemoryGrainStorageSiloBuilderExtensions",
    };
}
