using System.ComponentModel.DataAnnotations;

namespace Aggregation.ServiceDefaults;

/// <summary>How a host leaves.</summary>
public sealed class StoppingOptions
{
    public const string SectionName = "Stopping";

    /// <summary>
    /// How long a host that was told to end goes on serving while <c>/readyz</c> already refuses, so that a load balancer sends
    /// nothing new. Up to 5 min, on top of the host's own limit for stopping; default 0 s, for hosts that clients reach directly.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Delay { get; set; }
}
