using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(1, LogLevel.Error, "Storage {Storage} failed in {Operation} of state {State} of grain {GrainId}")]
    public static partial void Failed(
        ILogger logger, Exception fault, string storage, string state, string operation, GrainId grainId);
}
