using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Ledgers;

/// <summary>What ledgers log.</summary>
internal static partial class LedgerLog
{
    [LoggerMessage(1, LogLevel.Warning, "Ledger of {Unit} could not push to {Parent} (try {Attempt}); it will try again")]
    public static partial void PushFailed(ILogger logger, Exception exception, string unit, string parent, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Ledger of {Unit} was superseded at version {Version}; this activation discards itself")]
    public static partial void Superseded(ILogger logger, string unit, string version);

    [LoggerMessage(3, LogLevel.Warning, "Ledger {Ledger} could not be opened; the next call tries again")]
    public static partial void OpenFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(7, LogLevel.Warning, "Ledger {Ledger} at epoch {Epoch}, version {Version} was taken over by epoch {LaterEpoch}, version {LaterVersion}; this activation discards itself")]
    public static partial void TakenOver(
        ILogger logger, string ledger, long epoch, long version, long laterEpoch, long laterVersion);

    [LoggerMessage(6, LogLevel.Warning, "Ledger {Ledger} left memory owing its parent a push and could not be woken; it pushes when it is next called")]
    public static partial void WakeFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(5, LogLevel.Warning, "Ledger {Ledger} could not write its snapshot; this activation discards itself")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(4, LogLevel.Error, "Drift at {Unit} in tree {Tree}, {Form} {Period}: the ledger's digest {Held} is not the journal's {Expected}")]
    public static partial void Drifted(
        ILogger logger, string unit, string tree, string form, string period, string held, string expected);
}
