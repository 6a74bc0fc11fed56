namespace Aggregation.ServiceDefaults;

/// <summary>What a health check speaks for.</summary>
public static class HealthTags
{
    /// <summary>The process can serve; asked at <c>/readyz</c>. Checks without it are not asked there.</summary>
    public const string Ready = "ready";
}
