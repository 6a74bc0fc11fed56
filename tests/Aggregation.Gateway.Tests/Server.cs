using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Endpoints;
using Aggregation.ServiceDefaults;
using Aggregation.Silo;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aggregation.Gateway.Tests;

/// <summary>The whole product in one process, with two tenants. Its figures are made up.</summary>
public sealed class Server : IAsyncLifetime
{
    /// <summary>A province with two cities of two departments each.</summary>
    private const string NorthUnits = """
        code,name,kind,level,parent,from,to
        410000,河南省,government,province,,2000-01-01,
        411300,南阳市,government,city,410000,2000-01-01,
        411300-D1,南阳市教育局,department,,411300,2000-01-01,
        411300-D2,南阳市公安局,department,,411300,2000-01-01,
        411400,商丘市,government,city,410000,2000-01-01,
        411400-D1,商丘市教育局,department,,411400,2000-01-01,
        411400-D2,商丘市公安局,department,,411400,2000-01-01,
        """;

    private const string SouthUnits = """
        code,name,kind,level,parent,from,to
        360000,江西省,government,province,,2000-01-01,
        360300,萍乡市,government,city,360000,2000-01-01,
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("aggregation-").FullName;
    private WebApplication? app;
    private GrpcChannel? channel;
    private int tenants;

    public GrpcChannel Channel => channel!;

    public string Platform { get; private set; } = "";

    public string NorthAdministrator { get; private set; } = "";

    /// <summary>Submits for and reads the city 411300.</summary>
    public string NorthClerk { get; private set; } = "";

    /// <summary>Reads the city 411300.</summary>
    public string NorthReader { get; private set; } = "";

    /// <summary>Submits for the city 411300, and reads no total.</summary>
    public string NorthSubmitter { get; private set; } = "";

    public string SouthAdministrator { get; private set; } = "";

    /// <summary>Submits for and reads all of the other tenant.</summary>
    public string SouthClerk { get; private set; } = "";

    /// <summary>A key of the first tenant that did once what the administrator may.</summary>
    public string Revoked { get; private set; } = "";

    /// <summary>What each RPC declares, by its full name.</summary>
    internal IReadOnlyDictionary<string, Roles> Declared => app!.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Where(static endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
        .ToDictionary(
            static endpoint => endpoint.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method.FullName[1..].Replace('/', '.'),
            static endpoint => endpoint.Metadata.GetRequiredMetadata<RequiresAttribute>().Roles);

    internal V1.SubmissionService.SubmissionServiceClient Submissions => new(Channel);

    internal V1.ReviewService.ReviewServiceClient Reviews => new(Channel);

    internal V1.RollupService.RollupServiceClient Rollups => new(Channel);

    internal V1.TaskService.TaskServiceClient Tasks => new(Channel);

    internal V1.AdminService.AdminServiceClient Admin => new(Channel);

    internal V1.CatalogService.CatalogServiceClient Catalog => new(Channel);

    /// <summary>What the grains were asked.</summary>
    internal Questions Questions { get; } = new();

    public static string KeyIdOf(string key) => key.Split('_')[2];

    public static CallOptions As(string key) => new(GatewayHost.Bearer(key));

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Endpoints:Grpc"] = "http://127.0.0.1:0",
            ["Endpoints:Http"] = "http://127.0.0.1:0",
            ["Data:Path"] = folder,
        });
        builder.AddServiceDefaults();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddAggregationSilo(takesClients: false);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Questions);
        builder.Services.AddAggregationGateway(builder.Configuration);
        builder.AddGatewayEndpoints();
        app = builder.Build();
        app.MapServiceDefaults();
        app.MapAggregationGateway();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<BoundEndpoints>().GrpcAddress);
        await PopulateAsync();
    }

    public async Task DisposeAsync()
    {
        channel?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    internal static V1.SubmitRequest Submit(string unit, string requestId, long received = 39, string period = "2015") => new()
    {
        Unit = unit,
        Form = "2014",
        Period = period,
        RequestId = requestId,
        Cells = { new V1.Cell { Code = "9.1", Amount = new V1.Amount { Units = received } } },
    };

    /// <summary>Makes a tenant for one test; tenants share nothing.</summary>
    /// <param name="units">The territory; as <see cref="OwnTenant"/> says unless given.</param>
    internal async Task<OwnTenant> OwnTenantAsync(string? units = null, bool autoAccept = true)
    {
        var name = $"own-{Interlocked.Increment(ref tenants)}";
        var administrator = await CreateTenantAsync(name, units ?? OwnTenant.Territory, autoAccept);
        if (units is null)
        {
            await Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Tree = OwnTenant.Line, Csv = OwnTenant.LineUnits }, As(administrator));
        }

        var all = new V1.Subtree { Unit = "*" };
        var key = await Admin.CreateKeyAsync(
            new V1.CreateKeyRequest { Label = "all", Submit = all, Read = all, Review = all, Administrator = true }, As(administrator));
        return new OwnTenant(this, name, key.Text);
    }

    private async Task PopulateAsync()
    {
        var keyFile = new FileInfo(Path.Combine(folder, "platform.key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, keyFile.UnixFileMode);
        Platform = (await File.ReadAllTextAsync(keyFile.FullName)).TrimEnd();
        NorthAdministrator = await CreateTenantAsync("north", NorthUnits);
        SouthAdministrator = await CreateTenantAsync("south", SouthUnits);
        var city = new V1.Subtree { Unit = "411300" };
        var all = new V1.Subtree { Unit = "*" };
        NorthClerk = await CreateKeyAsync(NorthAdministrator, submit: city, read: city);
        NorthReader = await CreateKeyAsync(NorthAdministrator, read: city);
        NorthSubmitter = await CreateKeyAsync(NorthAdministrator, submit: city);
        SouthClerk = await CreateKeyAsync(SouthAdministrator, submit: all, read: all);
        Revoked = await CreateKeyAsync(NorthAdministrator, submit: all, read: all, administers: true);
        await Admin.RevokeKeyAsync(new V1.RevokeKeyRequest { KeyId = KeyIdOf(Revoked) }, As(NorthAdministrator));
        await Submissions.SubmitAsync(Submit("411300-D1", "populate"), As(NorthClerk));
    }

    private async Task<string> CreateTenantAsync(string tenant, string units, bool autoAccept = true)
    {
        var created = await Admin.CreateTenantAsync(
            new V1.CreateTenantRequest { Tenant = tenant, Name = tenant, Settings = new V1.TenantSettings { AutoAccept = autoAccept } },
            As(Platform));
        await Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = units }, As(created.AdministratorKey));
        return created.AdministratorKey;
    }

    private async Task<string> CreateKeyAsync(
        string administrator, V1.Subtree? submit = null, V1.Subtree? read = null, bool administers = false) =>
        (await Admin.CreateKeyAsync(
            new V1.CreateKeyRequest { Label = "test", Submit = submit, Read = read, Administrator = administers },
            As(administrator))).Text;
}
