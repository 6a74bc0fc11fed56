using Aggregation.Grains;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;

namespace Aggregation.Silo;

/// <summary>Where ledgers' snapshots are kept.</summary>
internal static class SnapshotStorage
{
    /// <summary>Beside the journal on PostgreSQL, in memory beside SQLite: without snapshots a start only takes longer.</summary>
    public static ISiloBuilder AddSnapshotStorage(this ISiloBuilder silo, IConfiguration configuration) =>
        JournalServices.ProviderOf(configuration) == JournalProvider.Postgres
            ? silo.AddAdoNetGrainStorage(AggregationGrainsExtensions.SnapshotStorage, storage =>
            {
                storage.Invariant = GrainStorageConnection.Invariant;
                storage.ConnectionString = GrainStorageConnection.From(configuration["Journal:ConnectionString"] ?? "");
                storage.GrainStorageSerializer = new SnapshotSerializer();
            })
            : silo.Configure<SnapshotOptions>(static snapshots => snapshots.OutliveTheSilo = false).AddMemoryGrainStorage(
                AggregationGrainsExtensions.SnapshotStorage,
                storage => storage.GrainStorageSerializer = new SnapshotSerializer());
}
