using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Refuses options that cannot work, when the silo starts.</summary>
internal static class OptionsRules
{
    public static void Verify(GrainCollectionOptions options)
    {
        Positive(options.CollectionQuantum, nameof(GrainCollectionOptions), nameof(options.CollectionQuantum));
        Positive(options.ActivationTimeout, nameof(GrainCollectionOptions), nameof(options.ActivationTimeout));
        Positive(options.DeactivationTimeout, nameof(GrainCollectionOptions), nameof(options.DeactivationTimeout));
        Longer(options.CollectionAge, nameof(options.CollectionAge), options.CollectionQuantum);
        foreach (var (name, age) in options.ClassSpecificCollectionAge) Longer(age, $"ClassSpecificCollectionAge[{name}]", options.CollectionQuantum);
    }

    public static void Verify(SiloMessagingOptions options)
    {
        Positive(options.ResponseTimeout, nameof(SiloMessagingOptions), nameof(options.ResponseTimeout));
        NotNegative(options.MaxEnqueuedRequestsHardLimit, nameof(options.MaxEnqueuedRequestsHardLimit));
        NotNegative(options.MaxEnqueuedRequestsSoftLimit, nameof(options.MaxEnqueuedRequestsSoftLimit));
    }

    private static void Positive(TimeSpan value, string options, string option)
    {
        if (value <= TimeSpan.Zero)
            throw new OrleansConfigurationException($"{options}.{option} is {value}; it must be greater than zero.");
    }

    private static void NotNegative(int value, string option)
    {
        if (value < 0)
            throw new OrleansConfigurationException($"{nameof(SiloMessagingOptions)}.{option} is {value}; it must be zero or more.");
    }

    private static void Longer(TimeSpan age, string option, TimeSpan quantum)
    {
        if (age <= quantum)
        {
            throw new OrleansConfigurationException(
                $"{nameof(GrainCollectionOptions)}.{option} is {age}; it must be greater than CollectionQuantum, which is {quantum}.");
        }
    }
}
