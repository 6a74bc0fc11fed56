namespace Orleans.Runtime.Telemetry;

/// <summary>Whether the application asked for activities to be propagated with calls.</summary>
internal sealed class TracingChoice
{
    public bool IsOn { get; set; }
}
