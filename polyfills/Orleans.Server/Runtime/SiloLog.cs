using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal static partial class SiloLog
{
    [LoggerMessage(1, LogLevel.Information, "Silo of cluster {ClusterId} started with {Classes} grain classes")]
    public static partial void Started(ILogger log, string clusterId, int classes);

    [LoggerMessage(2, LogLevel.Information, "Silo stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(3, LogLevel.Error, "Grain {GrainId} failed to activate")]
    public static partial void ActivationFailed(ILogger log, Exception exception, GrainId grainId);

    [LoggerMessage(4, LogLevel.Warning, "Grain {GrainId} failed to deactivate cleanly")]
    public static partial void DeactivationFailed(ILogger log, Exception exception, GrainId grainId);

    [LoggerMessage(5, LogLevel.Error, "A timer callback of grain {GrainId} failed")]
    public static partial void TimerFailed(ILogger log, Exception exception, GrainId grainId);

    [LoggerMessage(6, LogLevel.Warning, "{Call} failed, and nobody waits for it")]
    public static partial void Unobserved(ILogger log, Exception exception, string call);

    [LoggerMessage(7, LogLevel.Warning, "{Call} timed out: {Reason}")]
    public static partial void TimedOut(ILogger log, string call, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Grain {GrainId} has {Count} calls queued, more than the soft limit {Limit}")]
    public static partial void Overloaded(ILogger log, GrainId grainId, int count, int limit);

    [LoggerMessage(9, LogLevel.Warning, "Not all grains were deactivated before the time to shut down ran out; {Count} are left")]
    public static partial void StoppedEarly(ILogger log, int count);
}
