using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Aggregation.Grains.Snapshots;

/// <summary>
/// Ledgers' snapshots in Orleans grain storage. Asked for explicitly, rather than injected as persistent state, because
/// only ledgers whose children have children gain by one: for the others a read of storage at every activation is waste.
/// </summary>
internal sealed partial class SnapshotStore(
    [FromKeyedServices(SnapshotStore.StorageName)] IGrainStorage storage, IOptions<SnapshotOptions> options,
    ILogger<SnapshotStore> logger)
{
    /// <summary>Name of the grain storage that the host adds.</summary>
    public const string StorageName = "snapshots";

    /// <summary>Whether a silo that stops leaves its snapshots to the next.</summary>
    public bool OutliveTheSilo => options.Value.OutliveTheSilo;

    /// <summary>The snapshot, empty where there is none or it cannot be used; it carries what a later write needs.</summary>
    public async Task<GrainState<LedgerSnapshot>> ReadAsync(GrainId ledger, string tree)
    {
        var state = new GrainState<LedgerSnapshot>(new LedgerSnapshot());
        try
        {
            await storage.ReadStateAsync(Name(tree), ledger, state);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A snapshot only saves time: without one the ledger asks its children.
            LogUnreadable(exception, ledger.ToString(), tree);
            return new GrainState<LedgerSnapshot>(new LedgerSnapshot());
        }

        if (state.State is null or { IsDamaged: true })
        {
            if (state.State is not null)
            {
                LogDamaged(ledger.ToString(), tree);
            }

            state.State = new LedgerSnapshot();
        }

        return state;
    }

    /// <exception cref="InconsistentStateException">Another activation has written.</exception>
    public Task WriteAsync(GrainId ledger, string tree, GrainState<LedgerSnapshot> state) =>
        storage.WriteStateAsync(Name(tree), ledger, state);

    private static string Name(string tree) => $"ledger.{tree}";

    [LoggerMessage(1, LogLevel.Warning, "The snapshot of {Ledger} in tree {Tree} cannot be read; the ledger asks its children")]
    private partial void LogUnreadable(Exception exception, string ledger, string tree);

    [LoggerMessage(2, LogLevel.Warning, "The snapshot of {Ledger} in tree {Tree} is damaged or of another version and is dropped")]
    private partial void LogDamaged(string ledger, string tree);
}
