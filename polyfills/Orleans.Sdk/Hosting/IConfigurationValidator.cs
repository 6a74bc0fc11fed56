namespace Orleans;

/// <summary>Checks a part of the configuration when a silo or client starts.</summary>
public interface IConfigurationValidator
{
    /// <summary>Throws if the configuration is faulty.</summary>
    /// <exception cref="Runtime.OrleansConfigurationException">What is faulty.</exception>
    void ValidateConfiguration();
}
