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

    [LoggerMessage(8, LogLevel.Debug, "Ledger {Ledger} is on structure {Version} in tree {Tree} after {Elapsed} ms")]
    public static partial void Swapped(ILogger logger, string ledger, string tree, long version, double elapsed);

    [LoggerMessage(9, LogLevel.Information, "Ledger of {Unit} waits for {Child} on structure {Version}; it asks again")]
    public static partial void SwapDelayed(ILogger logger, Exception exception, string unit, string child, long version);

    [LoggerMessage(10, LogLevel.Error, "Ledger {Ledger} is stuck before structure {Version} in tree {Tree}: it waits for {Child}, {Missing} in all, and says what it said before")]
    public static partial void SwapStuck(ILogger logger, string ledger, string tree, long version, string child, int missing);

    [LoggerMessage(11, LogLevel.Warning, "Ledger of {Unit} has a new parent by structure {Version} and could not be told; it looks when it pushes next")]
    public static partial void HandOverFailed(ILogger logger, Exception exception, string unit, long version);

    [LoggerMessage(12, LogLevel.Critical, "Ledger {Ledger} cannot be opened, because the journal is damaged")]
    public static partial void Damaged(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(13, LogLevel.Error, "Work of ledger {Ledger} failed; this activation discards itself")]
    public static partial void WorkFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(6, LogLevel.Warning, "Ledger {Ledger} left memory owing its parent a push and could not be woken; it pushes when it is next called")]
    public static partial void WakeFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(5, LogLevel.Warning, "Ledger {Ledger} could not write its snapshot; this activation discards itself")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception, string ledger);

    [LoggerMessage(4, LogLevel.Error, "Drift at {Unit} in tree {Tree}, {Form} {Period}: the ledger's digest {Held} was not the journal's {Expected}; repaired: {Repaired}")]
    public static partial void Drifted(
        ILogger logger, string unit, string tree, string form, string period, string held, string expected, bool repaired);
}
