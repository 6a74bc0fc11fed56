using Aggregation.Cli.Connection;
using Aggregation.Cli.Output;
using Aggregation.Cli.Submitting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Demo;

/// <summary>
/// Puts the sample tenants on a server through its public API, as any client would. Every step may be repeated: units
/// import as unchanged, and request ids make a repeated submission the same submission.
/// </summary>
internal sealed class SampleLoader(Api api, KeyRing keys, Terminal terminal, CancellationToken cancellation)
{
    private const int AwaitsAtOnce = 16;

    /// <returns>Whether anything was loaded; false when everything was there already.</returns>
    public async Task<bool> LoadAsync(SampleTenant tenant)
    {
        await OpenTenantAsync(tenant);
        if (await IsLoadedAsync(tenant))
        {
            return false;
        }

        var units = await ImportUnitsAsync(tenant);
        terminal.Note($"{tenant.Tenant}: {units} units in {1 + tenant.Lines.Count} trees.");
        var submitter = await keys.OpenAsync(api, keys.Submit(tenant.Tenant), cancellation);
        var outcome = await SubmissionProgress.RunAsync(terminal, new SubmissionStream(submitter), tenant.Submissions, cancellation);
        if (outcome.Errors.Count > 0)
        {
            SubmissionProgress.ShowErrors(terminal, outcome.Errors, tenant.Submissions);
            throw new CommandFailedException($"{outcome.Errors.Count} of {tenant.Submissions.Count} sample submissions were refused.")
            {
                ExitCode = outcome.ExitCode,
            };
        }

        await AwaitAsync(tenant, outcome.Receipts);
        terminal.Note($"{tenant.Tenant}: {outcome.Receipts.Count} submissions filed, each counted at its province.");
        return true;
    }

    private async Task OpenTenantAsync(SampleTenant tenant)
    {
        var platform = await keys.OpenAsync(api, keys.Platform, cancellation);
        var known = await platform.Admin.ListTenantsAsync(new ListTenantsRequest(), platform.Call());
        var isNew = known.Tenants.All(each => each.Tenant_ != tenant.Tenant);
        if (isNew)
        {
            // Nobody reviews here: what is shown is what was filed.
            var request = new CreateTenantRequest
            {
                Tenant = tenant.Tenant, Name = tenant.Name, Settings = new TenantSettings { AutoAccept = true },
            };
            var created = await platform.Admin.CreateTenantAsync(request, platform.Call());
            await KeyText.WriteAsync(keys.Administrator(tenant.Tenant), created.AdministratorKey, cancellation);
        }

        await EnsureKeyAsync(tenant, keys.Submit(tenant.Tenant), isNew, new CreateKeyRequest { Label = "demo: submit", Submit = Everything() });
        await EnsureKeyAsync(tenant, keys.Read(tenant.Tenant), isNew, new CreateKeyRequest { Label = "demo: read", Read = Everything() });
    }

    private async Task EnsureKeyAsync(SampleTenant tenant, FileInfo file, bool isNew, CreateKeyRequest request)
    {
        // A key of an earlier server's tenant of the same name is worth nothing.
        if (KeyText.IsIn(file) && !isNew)
        {
            return;
        }

        var administrator = await keys.OpenAsync(api, keys.Administrator(tenant.Tenant), cancellation);
        var created = await administrator.Admin.CreateKeyAsync(request, administrator.Call());
        await KeyText.WriteAsync(file, created.Text, cancellation);
    }

    private async Task<bool> IsLoadedAsync(SampleTenant tenant)
    {
        var reader = await keys.OpenAsync(api, keys.Read(tenant.Tenant), cancellation);
        foreach (var group in LedgerGroup.Of(tenant))
        {
            try
            {
                var total = await reader.Rollups.GetTotalAsync(new GetTotalRequest { Total = group.Selector }, reader.Call());
                if (total.Coverage.Submitted < group.Items.Count)
                {
                    return false;
                }
            }
            catch (RpcException fault) when (fault.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.InvalidArgument)
            {
                // The units are not there yet.
                return false;
            }
        }

        return true;
    }

    private async Task<int> ImportUnitsAsync(SampleTenant tenant)
    {
        var administrator = await keys.OpenAsync(api, keys.Administrator(tenant.Tenant), cancellation);
        var territory = await administrator.Admin.ImportUnitsAsync(new ImportUnitsRequest { Csv = tenant.Units }, administrator.Call());
        foreach (var (line, csv) in tenant.Lines)
        {
            await administrator.Admin.ImportUnitsAsync(new ImportUnitsRequest { Tree = line, Csv = csv }, administrator.Call());
        }

        return territory.Added + territory.Unchanged;
    }

    private async Task AwaitAsync(SampleTenant tenant, IReadOnlyList<Receipt> receipts)
    {
        var reader = await keys.OpenAsync(api, keys.Read(tenant.Tenant), cancellation);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AwaitsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(receipts, options, async (receipt, _) =>
        {
            var request = new AwaitRequest
            {
                Unit = receipt.Unit,
                Form = receipt.Form,
                Period = receipt.Period,
                Revision = receipt.Revision,
                AtUnit = tenant.ProvinceOf(receipt.Unit),
            };
            await reader.Rollups.AwaitAsync(request, reader.Call());
        });
    }

    private static Subtree Everything() => new() { Unit = "*" };
}
