using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Persons;
using Aggregation.Gateway.Transfer;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Admin;

/// <summary>Tenants by a platform key; units, settings and keys by a tenant's administrator. The grains decide who is which.</summary>
internal sealed partial class AdminService(
    IGrainFactory grains, IOptions<GatewayOptions> options, TenantExport exports, TenantImport imports, ActorNames names)
    : V1.AdminService.AdminServiceBase
{
    [Requires(Roles.Platform)]
    public override async Task<V1.CreateTenantResponse> CreateTenant(
        V1.CreateTenantRequest request, ServerCallContext context)
    {
        // The one request that names a tenant: the one that it makes.
        if (!Names.IsTenant(request.Tenant))
        {
            throw Faults.Refuse(Faults.Tenant("tenant", request.Tenant));
        }

        var command = new CreateTenantCommand(request.Tenant, request.Name, TenantMapping.Settings(request.Settings));
        var created = await grains.GetGrain<ITenantGrain>(TenantKeys.Of(request.Tenant)).Create(context.Caller(), command);
        return new V1.CreateTenantResponse
        {
            Tenant = TenantMapping.Tenant(created.Tenant),
            AdministratorKey = created.AdministratorKey.Text,
        };
    }

    [Requires(Roles.Platform)]
    public override async Task<V1.ListTenantsResponse> ListTenants(
        V1.ListTenantsRequest request, ServerCallContext context)
    {
        var reply = new V1.ListTenantsResponse();
        foreach (var tenant in await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).ListTenants(context.Caller()))
        {
            reply.Tenants.Add(TenantMapping.Tenant(tenant));
        }

        return reply;
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.ImportUnitsResponse> ImportUnits(
        V1.ImportUnitsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (csv, encoding) = UnitsFile.Read(request, options.Value.MaxCsvBytes);
        var command = new ImportUnitsCommand
        {
            Tree = LedgerMapping.Tree("tree", request.Tree),
            Csv = csv,
            DryRun = request.DryRun,
        };
        var imported = await Tenant(caller).ImportUnits(caller, command);
        return new V1.ImportUnitsResponse
        {
            StructureVersion = imported.StructureVersion,
            Added = imported.Added,
            Unchanged = imported.Unchanged,
            AddedUnits = { imported.Units.Select(TenantMapping.Unit) },
            Encoding = encoding,
        };
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.RestructuringPlan> PlanRestructuring(
        V1.PlanRestructuringRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var command = StructureMapping.Command(request);
        return StructureMapping.Plan(await Tenant(caller).PlanRestructuring(caller, command));
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.ApplyRestructuringResponse> ApplyRestructuring(
        V1.ApplyRestructuringRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var command = new RestructureCommand
        {
            Changes = StructureMapping.Changes(request.Changes),
            StructureVersion = request.StructureVersion,
            AcceptLoss = request.AcceptLoss,
        };
        var applied = await Tenant(caller).ApplyRestructuring(caller, command);
        return new V1.ApplyRestructuringResponse
        {
            StructureVersion = applied.StructureVersion,
            From = LedgerMapping.Text(applied.From),
        };
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.TenantSettings> ChangeSettings(
        V1.ChangeSettingsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        if (request.Settings is null)
        {
            throw Faults.Refuse(Faults.Missing("settings"));
        }

        return TenantMapping.Settings(await Tenant(caller).ChangeSettings(caller, TenantMapping.Settings(request.Settings)));
    }

    [Requires(Roles.Administrator)]
    public override Task ExportTenant(
        V1.ExportTenantRequest request, IServerStreamWriter<V1.TransferChunk> responseStream, ServerCallContext context) =>
        exports.Run(request, responseStream, context);

    [Requires(Roles.Platform)]
    public override Task ImportTenant(
        IAsyncStreamReader<V1.TransferChunk> requestStream, IServerStreamWriter<V1.ImportTenantResponse> responseStream,
        ServerCallContext context) => imports.Run(requestStream, responseStream, context);

    [Requires(Roles.Administrator)]
    public override async Task Audit(
        V1.AuditRequest request, IServerStreamWriter<V1.AuditProgress> responseStream, ServerCallContext context)
    {
        var caller = context.Caller();
        var range = AuditMapping.Range(caller, request);
        var audit = grains.GetGrain<IJournalAuditGrain>(JournalAuditKeys.Of(caller.Tenant, Guid.NewGuid().ToString("N")));
        for (var step = 1; ; step++)
        {
            var progress = await audit.Next(caller, range, step, context.CancellationToken);
            await responseStream.WriteAsync(AuditMapping.Progress(progress), context.CancellationToken);
            if (progress.IsDone)
            {
                return;
            }
        }
    }

    private ITenantGrain Tenant(Caller caller) => grains.GetGrain<ITenantGrain>(TenantKeys.Of(caller.Tenant));
}
