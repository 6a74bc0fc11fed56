using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Tracing;
using Aggregation.Domain.Figures;
using Aggregation.Grains;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Ledgers;
using Aggregation.Silo;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Aggregation.SiloKit;

/// <summary>A cluster of one silo in this process, configured as the product's own; its journal outlives it.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster, CallGate gate, ShiftedClock clock)
    {
        _cluster = cluster;
        Gate = gate;
        Clock = clock;
    }

    /// <summary>Sees every call that arrives at a grain.</summary>
    public CallGate Gate { get; }

    public ShiftedClock Clock { get; }

    public static Caller Platform { get; } = new() { Tenant = Names.PlatformTenant, KeyId = "platform-key", IsPlatform = true };

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    /// <param name="folder">Where SQLite's file is.</param>
    public static Task<TestSilo> StartAsync(string folder, SiloSetup? setup = null) => StartAsync(TestJournal.InFolder(folder), setup ?? new());

    public static Task<TestSilo> StartAsync(TestJournal journal, SiloSetup? setup = null) => StartAsync(journal.Settings, setup ?? new());

    private static async Task<TestSilo> StartAsync(IReadOnlyDictionary<string, string> journal, SiloSetup setup)
    {
        var gate = setup.Gate ?? new CallGate();
        var clock = setup.Clock ?? new ShiftedClock();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            Configure(silo.Configuration, journal, setup);
            silo.Services.AddSingleton<TimeProvider>(clock);
            if (setup.Forms is not null)
            {
                silo.Services.AddSingleton(setup.Forms);
            }

            // As the product's own silo; what a person sets, Orleans does not go by.
            silo.Services.AddSingleton(new SteadyTime(TimeProvider.System)).AddSteadyTimeForOrleans();
            silo.AddActivityPropagation()
                .AddIncomingGrainCallFilter(gate)
                .AddIncomingGrainCallFilter<RefusalSpans>()
                .AddOutgoingGrainCallFilter<RefusalSpans>()

                // Tests hold calls up, on a slow machine longer than by default.
                .Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromMinutes(2))
                .ConfigureLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
            silo.Services.AddJournal(silo.Configuration);
            silo.Services.AddAggregationGrains(silo.Configuration);
            Keep(silo.Services, setup.Snapshots ?? new SnapshotVault(), setup.Power);
        });
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return new TestSilo(cluster, gate, clock);
    }

    private static void Configure(IConfiguration configuration, IReadOnlyDictionary<string, string> journal, SiloSetup setup)
    {
        foreach (var (option, value) in journal)
        {
            configuration[$"Journal:{option}"] = value;
        }

        configuration["Journal:AllowSecondHost"] = setup.SharesJournal.ToString();
        configuration["Ledger:PushRetry"] = "00:00:00.010";
        configuration["Ledger:PushRetryMax"] = "00:00:00.010";

        // Tests end silos in the middle of pushes that they hold up.
        configuration["Ledger:DrainTimeout"] = "00:00:00";
        foreach (var (option, value) in setup.Settings)
        {
            configuration[$"Ledger:{option}"] = value;
        }
    }

    private static void Keep(IServiceCollection services, IGrainStorage snapshots, PowerCut? power)
    {
        services.AddKeyedSingleton(AggregationGrainsExtensions.SnapshotStorage, power?.Behind(snapshots) ?? snapshots);
        if (power is not null)
        {
            var made = services.Single(service => service.ServiceType == typeof(IJournal)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton(provider => power.Behind((IJournal)made(provider))));

            // What stands before the journal cannot be opened in its place.
            services.AddSingleton<IHostedService>(provider => new JournalOpener(() => (IJournal)made(provider)));
        }
    }

    /// <summary>Has the silo look now for ledgers that another one took over; they are on their way out when it completes.</summary>
    public Task CheckEpochsAsync() => Services.GetRequiredService<EpochCheck>().LookAsync(CancellationToken.None);

    public ILedgerGrain Ledger(LedgerKey key) => Grains.GetGrain<ILedgerGrain>(key.ToString());

    public IRollupGrain Rollup(LedgerKey key) => Grains.GetGrain<IRollupGrain>(key.ToString());

    public IAuditGrain Audit(AuditKey key) => Grains.GetGrain<IAuditGrain>(key.ToString());

    public IYearToDateGrain YearToDate(LedgerKey key) => Grains.GetGrain<IYearToDateGrain>(key.ToString());

    public IAsOfGrain AsOf(LedgerKey key) => Grains.GetGrain<IAsOfGrain>(key.ToString());

    public IPublicationGrain Publications(LedgerKey key) => Grains.GetGrain<IPublicationGrain>(key.ToString());

    public ICheckTrialGrain CheckTrial(LedgerKey key) => Grains.GetGrain<ICheckTrialGrain>(key.ToString());

    public ITenantGrain Tenant(string tenant) => Grains.GetGrain<ITenantGrain>(TenantKeys.Of(tenant));

    public ITransferGrain Transfer(string tenant) => Grains.GetGrain<ITransferGrain>(TenantKeys.TransferOf(tenant));

    /// <summary>Creates a tenant with these units; returns a caller who may do everything in it.</summary>
    public async Task<Caller> CreateTenantAsync(string tenant, string csv)
    {
        // Made-up figures are now and then the sum of those below.
        await Tenant(tenant).Create(Platform, new CreateTenantCommand(tenant, tenant, new TenantSettings { CheckSumsBelow = false }));
        var caller = Everything(tenant);
        await Tenant(tenant).ImportUnits(caller, new ImportUnitsCommand { Csv = csv });
        return caller;
    }

    /// <summary>A caller who may do everything in a tenant.</summary>
    public static Caller Everything(string tenant)
    {
        var everything = new Subtree(Names.Territory, Subtree.Everything);
        return new Caller
        {
            Tenant = tenant, KeyId = "test-key", IsAdministrator = true, Read = everything, Submit = everything,
        };
    }

    public async ValueTask DisposeAsync()
    {
        // As a host does before the silo ends its activations.
        await Services.GetRequiredService<LedgerDrain>().DrainAsync(CancellationToken.None);
        Gate.Break();
        await _cluster.DisposeAsync();
    }

    public static SubmitCommand Command(string requestId, params ImmutableArray<(string Cell, long Value)> cells) => new()
    {
        RequestId = requestId,
        Cells = [.. cells.Select(cell => new CellFigure(cell.Cell, new Amount(cell.Value, 0)))],
    };
}
