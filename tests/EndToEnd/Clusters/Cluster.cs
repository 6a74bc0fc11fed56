using System.Diagnostics;
using System.Globalization;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Network;

namespace Aggregation.EndToEnd.Clusters;

/// <summary>A gateway and silos, each a process of its own, that find each other in a database.</summary>
/// <param name="folder">Each silo has one of its own in it.</param>
/// <param name="settings">Further environment variables of all.</param>
internal sealed class Cluster(string database, TemporaryFolder folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly List<RunningProcess> _silos = [];
    private RunningProcess? _gateway;
    private Uri? _ready;
    private Api? _api;

    public Api Api => _api!;

    public RunningProcess Gateway => _gateway!;

    /// <summary>Brings the database up to date and starts the gateway, which waits for silos that come later.</summary>
    public async Task StartGatewayAsync()
    {
        await using (var migrate = Start(Checkout.FindSilo(), folder.Path, new() { ["AGGREGATION_DATABASE"] = database }, "migrate"))
        {
            Assert.Equal(0, await migrate.ExitedAsync(Patience.Step));
        }

        var (grpc, http) = FreePorts.Two();
        _gateway = Start(Checkout.FindGateway(), folder.Path, new()
        {
            ["Endpoints__Grpc"] = AddressOf(grpc),
            ["Endpoints__Http"] = AddressOf(http),
        });
        _ready = new Uri(AddressOf(http) + "/readyz");
        _api = new Api(new Uri(AddressOf(grpc)));
    }

    public RunningProcess StartSilo(string name)
    {
        var (port, gatewayPort) = FreePorts.Two();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var silo = Start(Checkout.FindSilo(), data, new()
        {
            ["Data__Path"] = data,
            ["Journal__Provider"] = "postgres",
            ["Journal__ConnectionString"] = database,
            ["Journal__AllowSecondHost"] = "true",
            ["Silo__Address"] = "127.0.0.1",
            ["Silo__Port"] = Text(port),
            ["Silo__GatewayPort"] = Text(gatewayPort),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        });
        _silos.Add(silo);
        return silo;
    }

    /// <summary>Waits until the gateway has found a silo and is ready.</summary>
    public async Task ReadyAsync()
    {
        using var client = new HttpClient { Timeout = Patience.Step };
        Assert.True(await Asking.UntilAsync(IsReadyAsync, static isReady => isReady), $"The gateway is not ready. It wrote:\n{_gateway!.Output}");

        async Task<bool> IsReadyAsync()
        {
            using var answer = await client.GetAsync(_ready);
            return answer.IsSuccessStatusCode;
        }
    }

    /// <summary>Makes a tenant with the key of the platform, in the folder of whichever silo made that.</summary>
    public async Task<TestTenant> CreateTenantAsync(string name, UnitTree tree)
    {
        var data = await Asking.UntilAsync(
            () => Task.FromResult(Directory.GetDirectories(folder.Path).FirstOrDefault(static data => File.Exists(Path.Combine(data, "platform.key")))),
            static data => data is not null);
        return await TestTenant.CreateAsync(Api, data!, name, tree);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    private RunningProcess Start(string program, string workingDirectory, Dictionary<string, string> own, params string[] arguments)
    {
        var start = new ProcessStartInfo(Checkout.DotNet, [program, .. arguments]) { WorkingDirectory = workingDirectory };
        start.Environment["Cluster__ConnectionString"] = database;
        start.Environment["Cluster__Id"] = "tested";
        foreach (var (name, value) in settings.Concat(own))
        {
            start.Environment[name] = value;
        }

        return new RunningProcess(start);
    }

    private static string AddressOf(int port) => $"http://127.0.0.1:{Text(port)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
