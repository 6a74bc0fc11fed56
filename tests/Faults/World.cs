using Aggregation.ServerKit.Clients;

namespace Aggregation.Faults;

/// <summary>What the load runs on: tenants with the same units, and so with the same names for different ledgers.</summary>
internal sealed record World(UnitTree Tree, IReadOnlyList<TestTenant> Tenants)
{
    public static readonly IReadOnlyList<string> TenantNames = ["east", "west"];

    /// <summary>Of two years, because a year's figures are checked against its quarters'.</summary>
    public static readonly IReadOnlyList<string> Periods = ["2017", "2018Q3"];

    public static async Task<World> CreateAsync(Api api, string data, UnitTree tree)
    {
        var tenants = new List<TestTenant>();
        foreach (var name in TenantNames)
        {
            tenants.Add(await TestTenant.CreateAsync(api, data, name, tree));
        }

        return new World(tree, tenants);
    }

    public TestTenant Tenant(string name) => Tenants.Single(tenant => tenant.Name == name);
}

/// <summary>What a unit of a tenant files for a period.</summary>
internal readonly record struct LedgerName(string Tenant, string Period, string Unit)
{
    public override string ToString() => $"{Tenant} {Period} {Unit}";
}
