using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.V1;

namespace Aggregation.Cli.Demo.Year;

/// <summary>Makes the tenant of a scripted year: its settings, units and calendars. May be repeated.</summary>
internal sealed class YearSetup(Api platform, YearKeys keys, YearTenant tenant, CancellationToken cancellation)
{
    /// <exception cref="CommandFailedException">There is a tenant of the name that was not made from this data folder.</exception>
    public async Task RunAsync()
    {
        var known = await platform.Admin.ListTenantsAsync(new ListTenantsRequest(), platform.Call());
        if (!known.Tenants.Any(each => each.Tenant_ == tenant.Tenant))
        {
            // Whoever reviews decides; nothing is accepted by being filed.
            var request = new CreateTenantRequest
            {
                Tenant = tenant.Tenant,
                Name = tenant.Name,
                Settings = new TenantSettings { AutoAccept = false, RequireSignature = tenant.RequireSignature },
            };
            var created = await platform.Admin.CreateTenantAsync(request, platform.Call());
            await KeyText.WriteAsync(keys.AdministratorFile, created.AdministratorKey, cancellation);
        }
        else if (!keys.AdministratorFile.Exists)
        {
            throw new CommandFailedException(
                $"The server has a tenant '{tenant.Tenant}' whose keys are not in {keys.AdministratorFile.DirectoryName}. Play the year on a new data folder (--data).");
        }

        var administrator = await keys.AdministratorAsync();
        await administrator.Admin.ImportUnitsAsync(new ImportUnitsRequest { Csv = tenant.UnitsCsv }, administrator.Call());
        foreach (var (year, file) in tenant.Calendars)
        {
            var days = await CalendarFile.ReadAsync(file, TextFiles.OfSamples, cancellation);
            await administrator.Tasks.SetCalendarAsync(new SetCalendarRequest { Year = year, Days = { days } }, administrator.Call());
        }
    }
}
