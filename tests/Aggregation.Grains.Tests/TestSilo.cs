using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Tests;

/// <summary>One silo on a journal in a temporary folder; the journal outlives the silo until the folder is disposed.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public static Caller Platform { get; } = new() { Tenant = Names.PlatformTenant, KeyId = "platform-key", IsPlatform = true };

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public static async Task<TestSilo> StartAsync(string folder, Action<HostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Journal:Path"] = Path.Combine(folder, "journal.db");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSqliteJournal(builder.Configuration);
        builder.Services.AddAggregationGrains(builder.Configuration);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort(), null, "tests", Guid.NewGuid().ToString("N"))
            .AddMemoryGrainStorage(
                AggregationGrainsExtensions.SnapshotStorage, options => options.GrainStorageSerializer = new SnapshotSerializer()));
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    public ILedgerGrain Ledger(LedgerKey key) => Grains.GetGrain<ILedgerGrain>(key.ToString());

    public ITenantGrain Tenant(string tenant) => Grains.GetGrain<ITenantGrain>(TenantKeys.Of(tenant));

    /// <summary>Creates a tenant with these units; returns a caller who may do everything in it.</summary>
    public async Task<Caller> CreateTenantAsync(string tenant, string csv)
    {
        var everything = new Subtree(Names.Territory, Subtree.Everything);
        await Tenant(tenant).Create(Platform, new CreateTenantCommand(tenant, tenant, new TenantSettings()));
        var caller = new Caller
        {
            Tenant = tenant, KeyId = "test-key", IsAdministrator = true, Read = everything, Submit = everything,
        };
        await Tenant(tenant).ImportUnits(caller, new ImportUnitsCommand { Csv = csv });
        return caller;
    }

    public async ValueTask DisposeAsync()
    {
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
