using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Checks;

/// <summary>Offices define checks of their own 审核公式, and try them on what is filed.</summary>
internal sealed class CheckService(IGrainFactory grains) : V1.CheckService.CheckServiceBase
{
    [Requires(Roles.Administrator)]
    public override async Task<V1.OfficeCheck> DefineCheck(V1.DefineCheckRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        return CheckMapping.Check(await Tenant(caller).DefineCheck(caller, CheckMapping.Definition("check", request.Check)));
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.OfficeCheck> RetireCheck(V1.RetireCheckRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var form = LedgerMapping.Code("form", request.Form);
        return CheckMapping.Check(await Tenant(caller).RetireCheck(caller, form, request.CheckId));
    }

    [Requires(Roles.Member)]
    public override async Task<V1.ListChecksResponse> ListChecks(V1.ListChecksRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var form = request.Form.Length == 0 ? null : LedgerMapping.Code("form", request.Form);
        var reply = new V1.ListChecksResponse();
        reply.Checks.AddRange((await Tenant(caller).ListChecks(caller, form)).Select(CheckMapping.Check));
        return reply;
    }

    [Requires(Roles.Viewer)]
    public override async Task<V1.TryCheckResponse> TryCheck(V1.TryCheckRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var query = CheckMapping.Query(request);
        return CheckMapping.Trial(await grains.GetGrain<ICheckTrialGrain>(ledger.ToString()).Try(caller, query, context.CancellationToken));
    }

    private ITenantGrain Tenant(Caller caller) => grains.GetGrain<ITenantGrain>(TenantKeys.Of(caller.Tenant));
}
