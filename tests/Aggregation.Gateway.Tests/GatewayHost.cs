using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Endpoints;
using Aggregation.Gateway.Tests.Fakes;
using Aggregation.Operations;
using Aggregation.ServiceDefaults;
using Aggregation.TestKit.Clocks;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aggregation.Gateway.Tests;

/// <summary>The real gateway on free loopback ports, over grains that the test controls.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string TenantName = "hunan";

    private readonly WebApplication app;

    private GatewayHost(WebApplication app, FakeGrains grains, TestClock time)
    {
        this.app = app;
        Grains = grains;
        Time = time;
        Endpoints = app.Services.GetRequiredService<BoundEndpoints>();
        Channel = GrpcChannel.ForAddress(AddressOf(static endpoints => endpoints.GrpcAddress));
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = AddressOf(static endpoints => endpoints.HttpAddress),
        };
        Key = Tenant.Keys.Issue();
    }

    public FakeGrains Grains { get; }

    public TestClock Time { get; }

    public BoundEndpoints Endpoints { get; }

    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    /// <summary>A valid key of <see cref="TenantName"/>.</summary>
    public string Key { get; }

    public FakeTenant Tenant => Grains.Tenant(TenantKeys.Of(TenantName));

    public V1.SubmissionService.SubmissionServiceClient Submissions => new(Channel);

    public V1.RollupService.RollupServiceClient Rollups => new(Channel);

    public V1.ReviewService.ReviewServiceClient Reviews => new(Channel);

    public V1.CatalogService.CatalogServiceClient Catalog => new(Channel);

    public V1.TaskService.TaskServiceClient Tasks => new(Channel);

    public V1.AdminService.AdminServiceClient Admin => new(Channel);

    /// <summary>Options as <c>Gateway:MaxCells=3</c>.</summary>
    public static async Task<GatewayHost> StartAsync(params string[] options)
    {
        var grains = new FakeGrains();
        var time = new TestClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Endpoints:Grpc"] = "http://127.0.0.1:0",
            ["Endpoints:Http"] = "http://127.0.0.1:0",

            // Keeps traces of the whole process: only where a test asks for it.
            ["Ops:Enabled"] = "false",
        });
        foreach (var option in options)
        {
            var pair = option.Split('=', 2);
            builder.Configuration[pair[0]] = pair[1];
        }

        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(grains.Factory);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddAggregationGateway(builder.Configuration);
        builder.AddGatewayEndpoints();
        builder.AddOperations();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapAggregationGateway();
        app.MapOperations();
        await app.StartAsync();
        return new GatewayHost(app, grains, time);
    }

    /// <summary>Everything that is mapped at or below a path.</summary>
    public IReadOnlyList<RouteEndpoint> Routes(string path) => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith(path, StringComparison.Ordinal) == true)];

    public static Metadata Bearer(string key) => new() { { "authorization", $"Bearer {key}" } };

    /// <summary>With the host's own key; no wait in a test is longer than this, and none is expected to be.</summary>
    public CallOptions Call(CancellationToken cancellation = default) =>
        new(Bearer(Key), cancellationToken: cancellation);

    public FakeLedger Ledger(string unit, string tenant = TenantName) => Grains.Ledger($"{tenant}/2014/2017/{unit}");

    /// <summary>Where the host listens; the TLS address in place of one that it was told not to have.</summary>
    private Uri AddressOf(Func<BoundEndpoints, Uri> address)
    {
        try
        {
            return address(Endpoints);
        }
        catch (InvalidOperationException)
        {
            return Endpoints.TlsAddress;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        await app.DisposeAsync();
    }
}
