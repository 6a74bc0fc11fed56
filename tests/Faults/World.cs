using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Aggregation.ServerKit.Clients;
using Aggregation.TestKit.Oracles;
using Aggregation.V1;

namespace Aggregation.Faults;

/// <summary>
/// What the load runs on: tenants that begin with the same units, and so with the same names for different ledgers, in the
/// territory and in a line; and how each tenant's structure is known to stand.
/// </summary>
internal sealed class World
{
    public const string Line = "education";

    public static readonly IReadOnlyList<string> TenantNames = ["east", "west"];

    /// <summary>Of two years, because a year's figures are checked against its quarters'; and structures change between them.</summary>
    public static readonly IReadOnlyList<string> Periods = ["2017", "2018Q3"];

    private readonly ConcurrentDictionary<string, Known> _known = new();

    private World(IReadOnlyList<TestTenant> tenants) => Tenants = tenants;

    public IReadOnlyList<TestTenant> Tenants { get; }

    /// <param name="tree">Each tenant's units at the beginning; the first department of each unit stands in the line, too.</param>
    public static async Task<World> CreateAsync(Api api, string data, UnitTree tree)
    {
        var line = LineCsv(tree);
        var tenants = new List<TestTenant>();
        foreach (var name in TenantNames)
        {
            var tenant = await TestTenant.CreateAsync(api, data, name, tree);
            await api.Admin.ImportUnitsAsync(new ImportUnitsRequest { Tree = Line, Csv = line }, Api.With(tenant.AdministratorKey));
            tenants.Add(tenant);
        }

        var world = new World(tenants);
        foreach (var name in TenantNames)
        {
            var structure = new TenantTrees();
            structure.Import(TenantTrees.Territory, tree.ToCsv());
            structure.Import(Line, line);
            world.Know(name, structure);
        }

        return world;
    }

    /// <summary>A year's or a quarter's.</summary>
    public static DateOnly LastDay(string period)
    {
        var year = int.Parse(period[..4], CultureInfo.InvariantCulture);
        return period.Length == 4
            ? new DateOnly(year, 12, 31)
            : new DateOnly(year, 1, 1).AddMonths(3 * (period[5] - '0')).AddDays(-1);
    }

    public TestTenant Tenant(string name) => Tenants.Single(tenant => tenant.Name == name);

    /// <summary>The tenant's structure as far as answers have told; to be copied before it is changed.</summary>
    public TenantTrees Structure(string tenant) => _known[tenant].Structure;

    /// <summary>The units of the territory in a period, by the same.</summary>
    public IReadOnlyList<string> Units(string tenant, string period) => _known[tenant].Units[period];

    public void Know(string tenant, TenantTrees structure) => _known[tenant] = new Known(
        structure,
        Periods.ToDictionary(
            static period => period,
            period => (IReadOnlyList<string>)[.. structure.At(TenantTrees.Territory, LastDay(period)).All.Select(static unit => unit.Code)],
            StringComparer.Ordinal));

    private static string LineCsv(UnitTree tree)
    {
        var csv = new StringBuilder("code,name,kind,level,parent\n");
        var parents = tree.All.ToDictionary(static unit => unit.Code, static unit => unit.Parent, StringComparer.Ordinal);
        foreach (var unit in tree.All.Where(static unit => IsInLine(unit.Code)))
        {
            // Under the first department of the government above its own.
            var above = parents[unit.Parent];
            csv.Append(CultureInfo.InvariantCulture, $"{unit.Code},Unit {unit.Code},department,,{(above.Length == 0 ? "" : above + "-D01")}\n");
        }

        return csv.ToString();
    }

    private static bool IsInLine(string unit) => unit.EndsWith("-D01", StringComparison.Ordinal);

    private sealed record Known(TenantTrees Structure, IReadOnlyDictionary<string, IReadOnlyList<string>> Units);
}

/// <summary>What a unit of a tenant files for a period.</summary>
internal readonly record struct LedgerName(string Tenant, string Period, string Unit)
{
    public override string ToString() => $"{Tenant} {Period} {Unit}";
}
