using Aggregation.Domain.Forms;
using Aggregation.Grains.Audit;
using Aggregation.Grains.Checks;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Grains.Tenants;
using Aggregation.Grains.Transfer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains;

/// <summary>Registers what the grains need, besides an <see cref="Storage.Journal.IJournal"/>.</summary>
public static class AggregationGrainsExtensions
{
    /// <summary>Name of the grain storage for snapshots, which the host adds with <see cref="SnapshotSerializer"/>.</summary>
    public const string SnapshotStorage = SnapshotStore.StorageName;

    /// <summary>Adds the grains' services. Safe to call more than once.</summary>
    /// <param name="configuration">Read at section <see cref="LedgerOptions.SectionName"/>.</param>
    /// <remarks>Where the storage of <see cref="SnapshotStorage"/> ends with the silo, the host says so in <see cref="SnapshotOptions"/>.</remarks>
    public static IServiceCollection AddAggregationGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LedgerOptions>()
            .Bind(configuration.GetSection(LedgerOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddMetrics();

        // In this order: what the journal's failures are turned into is an answer.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIncomingGrainCallFilter, SiloFailures>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIncomingGrainCallFilter, JournalFailures>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => FormCatalog.Load());
        services.TryAddSingleton<TenantCatalog>();
        services.TryAddSingleton<SnapshotStore>();
        services.TryAddSingleton<LedgerTelemetry>();
        services.TryAddSingleton<TenantTelemetry>();
        services.AddHostedService<InstrumentStart>();
        services.TryAddSingleton<LedgerWork>();
        services.TryAddSingleton<ChildrenLoader>();
        services.TryAddSingleton<LedgerOpener>();
        services.TryAddSingleton<SubmissionBasis>();
        services.TryAddSingleton<AsOfTenants>();
        services.TryAddSingleton<AsOfReader>();
        services.TryAddSingleton<AuditScope>();
        services.TryAddSingleton<OpeningAudit>();
        services.TryAddSingleton<ImportWriter>();
        services.AddHostedService<TenantCatalogRefresher>();
        services.TryAddSingleton<HeldLedgers>();
        services.AddHostedService<StructureFollower>();
        services.TryAddSingleton(static provider => new LedgerDrain(
            provider.GetRequiredService<HeldLedgers>(), provider.GetRequiredService<IOptions<LedgerOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LedgerDrain>>()));
        services.TryAddSingleton<LatestRows>();
        services.TryAddSingleton<PeerReports>();
        services.TryAddSingleton<ReferencedReports>();
        services.TryAddSingleton<EpochCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EpochCheck>(
            provider => provider.GetRequiredService<EpochCheck>()));
        services.TryAddSingleton<Checkpoints>();
        services.AddHostedService<AuditTimer>();
        services.AddHostedService<CheckpointTimer>();
        return services;
    }
}
