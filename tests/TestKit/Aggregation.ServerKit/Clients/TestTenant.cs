using Aggregation.V1;

namespace Aggregation.ServerKit.Clients;

/// <summary>A tenant with its units and keys, made through the public API.</summary>
public sealed record TestTenant(string Name, string SubmitKey, string ReadKey, string AdministratorKey)
{
    public static async Task<TestTenant> CreateAsync(Api api, string data, string name, UnitTree units)
    {
        var platform = (await File.ReadAllTextAsync(Path.Combine(data, "platform.key"))).Trim();

        // Made-up figures are now and then the sum of those below.
        var settings = new TenantSettings { AutoAccept = true, CheckSumsBelow = false };
        var created = await api.Admin.CreateTenantAsync(new CreateTenantRequest { Tenant = name, Name = name, Settings = settings }, Api.With(platform));
        var administrator = Api.With(created.AdministratorKey);
        var imported = await api.Admin.ImportUnitsAsync(new ImportUnitsRequest { Csv = units.ToCsv() }, administrator);
        if (imported.Added != units.All.Count)
        {
            throw new InvalidOperationException($"{imported.Added} units were added; it must be all {units.All.Count}.");
        }

        var everything = new Subtree { Unit = "*" };
        var submit = await api.Admin.CreateKeyAsync(new CreateKeyRequest { Label = "submit", Submit = everything }, administrator);
        var read = await api.Admin.CreateKeyAsync(new CreateKeyRequest { Label = "read", Read = everything }, administrator);
        return new TestTenant(name, submit.Text, read.Text, created.AdministratorKey);
    }
}
