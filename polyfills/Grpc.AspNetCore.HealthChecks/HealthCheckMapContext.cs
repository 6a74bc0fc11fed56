namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A health check that may or may not be part of a service.</summary>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    public string Name { get; } = name;

    public IEnumerable<string> Tags { get; } = tags;
}
