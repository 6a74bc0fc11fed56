using Aggregation.Contracts.Tracing;
using Aggregation.Grains;
using Aggregation.ServiceDefaults;
using Aggregation.ServiceDefaults.Clustering;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Options;

namespace Aggregation.Silo;

/// <summary>A silo as a library: Orleans, the grains and their journal.</summary>
public static class SiloRegistration
{
    /// <summary>Adds the silo; its data is in <see cref="DataFolder"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="takesClients">Whether gateways of other processes connect; not where the gateway is in this one.</param>
    public static WebApplicationBuilder AddAggregationSilo(this WebApplicationBuilder builder, bool takesClients)
    {
        var folder = DataFolder.Open(builder.Configuration);
        var cluster = builder.AddClustering();
        builder.Services.AddOptions<SiloOptions>()
            .Bind(builder.Configuration.GetSection(SiloOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SiloOptions>, SiloOptionsValidator>();
        var options = new SiloOptions();
        builder.Configuration.GetSection(SiloOptions.SectionName).Bind(options);
        builder.Services.AddSteadyTimeForOrleans();
        builder.UseOrleans(silo => silo
            .AddMembership(cluster, options, takesClients)
            .AddActivityPropagation()
            .AddIncomingGrainCallFilter<RefusalSpans>()
            .AddOutgoingGrainCallFilter<RefusalSpans>()
            .AddSnapshotStorage(builder.Configuration));
        builder.Services.AddJournal(builder.Configuration);
        builder.Services.AddAggregationGrains(builder.Configuration);
        builder.Services.AddSingleton(folder);
        builder.Services.AddHostedService<PlatformKeyFile>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, DrainOnStop>();

        // Draining has a limit of its own, which the host's would cut short.
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<LedgerOptions>>(static (host, ledgers) => host.ShutdownTimeout += ledgers.Value.DrainTimeout);
        builder.Services.AddHealthChecks().AddCheck<TotalsHealthCheck>("totals", tags: [HealthTags.Ready]);
        return builder;
    }
}
