using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Tests.Snapshots;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Aggregation.Grains.Tests.Hosting;

/// <summary>One silo on a journal in a temporary folder; the journal outlives the silo until the folder is disposed.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host, CallGate gate, ShiftedClock clock)
    {
        _host = host;
        Gate = gate;
        Clock = clock;
    }

    /// <summary>Sees every call that arrives at a grain.</summary>
    public CallGate Gate { get; }

    public ShiftedClock Clock { get; }

    public static Caller Platform { get; } = new() { Tenant = Names.PlatformTenant, KeyId = "platform-key", IsPlatform = true };

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    /// <param name="folder">Where SQLite's file is.</param>
    /// <param name="settings">Of section <c>Ledger</c>, by option.</param>
    /// <param name="snapshots">Where snapshots are kept; by default the silo's own, which end with it.</param>
    /// <param name="sharesJournal">Another silo may be on the same journal, and neither knows of the other.</param>
    public static Task<TestSilo> StartAsync(
        string folder, Dictionary<string, string>? settings = null, IGrainStorage? snapshots = null, bool sharesJournal = false) =>
        StartAsync(TestJournal.InFolder(folder), settings, snapshots, sharesJournal, null);

    /// <inheritdoc cref="StartAsync(string, Dictionary{string, string}?, IGrainStorage?, bool)"/>
    /// <param name="journal">The database.</param>
    /// <param name="forms">By default those of the product.</param>
    /// <param name="power">Cuts the silo off from journal and snapshots.</param>
    /// <param name="gate">Sees every call from the first on.</param>
    public static Task<TestSilo> StartAsync(
        TestJournal journal, Dictionary<string, string>? settings = null, IGrainStorage? snapshots = null, bool sharesJournal = false,
        FormCatalog? forms = null, PowerCut? power = null, CallGate? gate = null) =>
        StartAsync(journal.Settings, settings, snapshots, sharesJournal, forms, power, gate);

    private static async Task<TestSilo> StartAsync(
        IReadOnlyDictionary<string, string> journal, Dictionary<string, string>? settings, IGrainStorage? snapshots, bool sharesJournal,
        FormCatalog? forms = null, PowerCut? power = null, CallGate? gate = null)
    {
        gate ??= new CallGate();
        var clock = new ShiftedClock();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (option, value) in journal)
        {
            builder.Configuration[$"Journal:{option}"] = value;
        }

        builder.Configuration["Journal:AllowSecondHost"] = sharesJournal.ToString();
        builder.Configuration["Ledger:PushRetry"] = "00:00:00.010";
        builder.Configuration["Ledger:PushRetryMax"] = "00:00:00.010";

        // Tests end silos in the middle of pushes that they hold up.
        builder.Configuration["Ledger:DrainTimeout"] = "00:00:00";
        foreach (var (option, value) in settings ?? [])
        {
            builder.Configuration[$"Ledger:{option}"] = value;
        }

        builder.Services.AddSingleton<TimeProvider>(clock);

        // As a silo does it, Orleans has a clock of its own, which nobody sets.
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        if (forms is not null)
        {
            builder.Services.AddSingleton(forms);
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddJournal(builder.Configuration);
        builder.Services.AddAggregationGrains(builder.Configuration);
        snapshots ??= new SnapshotVault();
        builder.Services.AddKeyedSingleton(AggregationGrainsExtensions.SnapshotStorage, power?.Behind(snapshots) ?? snapshots);
        if (power is not null)
        {
            var made = builder.Services.Single(service => service.ServiceType == typeof(IJournal)).ImplementationFactory!;
            builder.Services.Replace(ServiceDescriptor.Singleton(provider => power.Behind((IJournal)made(provider))));

            // What stands before the journal cannot be opened in its place.
            builder.Services.AddSingleton<IHostedService>(provider => new JournalOpener(() => (IJournal)made(provider)));
        }

        var (port, gatewayPort) = FreePorts.Two();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port, gatewayPort, null, "tests", Guid.NewGuid().ToString("N"))
            .AddIncomingGrainCallFilter(gate)

            // Tests hold calls up, on a slow machine longer than by default.
            .Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromMinutes(2)));
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, gate, clock);
    }

    /// <summary>Has the silo look now for ledgers that another one took over; they are on their way out when it completes.</summary>
    public Task CheckEpochsAsync() => Services.GetRequiredService<EpochCheck>().LookAsync(CancellationToken.None);

    public ILedgerGrain Ledger(LedgerKey key) => Grains.GetGrain<ILedgerGrain>(key.ToString());

    public IRollupGrain Rollup(LedgerKey key) => Grains.GetGrain<IRollupGrain>(key.ToString());

    public IAuditGrain Audit(AuditKey key) => Grains.GetGrain<IAuditGrain>(key.ToString());

    public IYearToDateGrain YearToDate(LedgerKey key) => Grains.GetGrain<IYearToDateGrain>(key.ToString());

    public IHistoryGrain History(LedgerKey key) => Grains.GetGrain<IHistoryGrain>(key.ToString());

    public IPublicationGrain Publications(LedgerKey key) => Grains.GetGrain<IPublicationGrain>(key.ToString());

    public ICheckTrialGrain CheckTrial(LedgerKey key) => Grains.GetGrain<ICheckTrialGrain>(key.ToString());

    public ITenantGrain Tenant(string tenant) => Grains.GetGrain<ITenantGrain>(TenantKeys.Of(tenant));

    public ITransferGrain Transfer(string tenant) => Grains.GetGrain<ITransferGrain>(TenantKeys.TransferOf(tenant));

    /// <summary>Creates a tenant with these units; returns a caller who may do everything in it.</summary>
    public async Task<Caller> CreateTenantAsync(string tenant, string csv)
    {
        await Tenant(tenant).Create(Platform, new CreateTenantCommand(tenant, tenant, new TenantSettings()));
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
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }

    public static SubmitCommand Command(string requestId, params ImmutableArray<(string Cell, long Value)> cells) => new()
    {
        RequestId = requestId,
        Cells = [.. cells.Select(cell => new CellFigure(cell.Cell, new Amount(cell.Value, 0)))],
    };
}
