namespace Aggregation.Contracts.Tenants;

/// <summary>Grain keys of tenants and of the platform. They contain '/', so that none is taken for a hexadecimal number.</summary>
public static class TenantKeys
{
    public const string Platform = "platform/";

    public static string Of(string tenant) => $"tenant/{tenant}";

    /// <summary>The tenant of a grain key that <see cref="Of"/> made.</summary>
    public static string TenantOf(string key) => key["tenant/".Length..];

    /// <summary>Key of the grain that reads a tenant's decisions.</summary>
    public static string TrailOf(string tenant) => $"trail/{tenant}";

    /// <summary>The grain that takes a tenant from one journal to another.</summary>
    public static string TransferOf(string tenant) => $"transfer/{tenant}";

    /// <summary>The tenant of a grain key that <see cref="TransferOf"/> made.</summary>
    public static string TransferredOf(string key) => key["transfer/".Length..];

    /// <summary>The grain of what is kept of a tenant's persons.</summary>
    public static string PersonsOf(string tenant) => $"persons/{tenant}";

    /// <summary>The tenant of a grain key that <see cref="PersonsOf"/> made.</summary>
    public static string TenantOfPersons(string key) => key["persons/".Length..];

    /// <summary>The grain of a tenant's reporting tasks.</summary>
    public static string TasksOf(string tenant) => $"tasks/{tenant}";

    /// <summary>The tenant of a grain key that <see cref="TasksOf"/> made.</summary>
    public static string TenantOfTasks(string key) => key["tasks/".Length..];
}
