using Aggregation.Benchmarks.Load;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>A tenant with a tree of its own, reached through the public API with its administrator's keys.</summary>
internal sealed class BenchTenant
{
    private static readonly string[] Kinds = ["", "Q1", "Q2", "Q3", "Q4"];

    /// <param name="key">May submit for and read every unit.</param>
    public BenchTenant(TreeSize tree, Connections connections, string key)
    {
        Tree = tree;
        Key = key;
        Credentials = Bearer(key);
        Submissions = connections.Clients(static channel => new SubmissionService.SubmissionServiceClient(channel));
        Rollups = new RollupService.RollupServiceClient(connections.Apart);
    }

    public TreeSize Tree { get; }

    public string Key { get; }

    /// <summary>A key that may submit for and read every unit.</summary>
    public Metadata Credentials { get; }

    /// <summary>One client per connection of the load.</summary>
    public SubmissionService.SubmissionServiceClient[] Submissions { get; }

    public RollupService.RollupServiceClient Rollups { get; }

    /// <summary>The periods of form 2014, 0 to 24: each year, then its quarters.</summary>
    public static string Period(int number) => $"{2014 + (number / Kinds.Length)}{Kinds[number % Kinds.Length]}";

    public static async Task<BenchTenant> CreateAsync(
        string name, TreeSize tree, Connections connections, string platformKey, CancellationToken cancellation)
    {
        var admin = new AdminService.AdminServiceClient(connections.Apart);
        var created = await admin.CreateTenantAsync(
            new CreateTenantRequest { Tenant = name, Name = name, Settings = new TenantSettings { AutoAccept = true } },
            Bearer(platformKey), cancellationToken: cancellation);
        var administrator = Bearer(created.AdministratorKey);
        await admin.ImportUnitsAsync(new ImportUnitsRequest { Csv = tree.ToCsv() }, administrator, cancellationToken: cancellation);
        var everything = new Subtree { Unit = "*" };
        var key = await admin.CreateKeyAsync(
            new CreateKeyRequest { Label = "load", Submit = everything, Read = everything }, administrator, cancellationToken: cancellation);
        return new BenchTenant(tree, connections, key.Text);
    }

    public static TotalSelector Region(string unit, string period) =>
        new() { Unit = unit, Form = Form2014.Id, Period = period, Scope = Scope.Region };

    private static Metadata Bearer(string key) => new() { { "authorization", $"Bearer {key}" } };
}
