using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Catalog;

/// <summary>What can be filed, and by whom.</summary>
internal sealed class CatalogService(IGrainFactory grains) : V1.CatalogService.CatalogServiceBase
{
    [Requires(Roles.Member)]
    public override async Task<V1.ListFormsResponse> ListForms(V1.ListFormsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var reply = new V1.ListFormsResponse();
        foreach (var form in await Tenant(caller).ListForms(caller))
        {
            reply.Forms.Add(FormMapping.Form(form));
        }

        return reply;
    }

    [Requires(Roles.Member)]
    public override async Task<V1.Form> GetForm(V1.GetFormRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var code = LedgerMapping.Code("form", request.Form);
        foreach (var form in await Tenant(caller).ListForms(caller))
        {
            if (form.Form == code)
            {
                return FormMapping.Form(form);
            }
        }

        throw new RefusedException(RefusalKind.NotFound, $"There is no form {code}.");
    }

    [Requires(Roles.Member)]
    public override async Task<V1.ListUnitsResponse> ListUnits(V1.ListUnitsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = new UnitsQuery
        {
            Tree = LedgerMapping.Tree("tree", request.Tree),
            Under = request.Under.Length == 0 ? null : LedgerMapping.Code("under", request.Under),
            On = LedgerMapping.Date("on", request.On),
        };
        var view = await Tenant(caller).ListUnits(caller, query);
        var reply = new V1.ListUnitsResponse { StructureVersion = view.StructureVersion };
        reply.Units.Capacity = view.Units.Length;
        foreach (var unit in view.Units)
        {
            reply.Units.Add(TenantMapping.Unit(unit));
        }

        return reply;
    }

    private ITenantGrain Tenant(Caller caller) => grains.GetGrain<ITenantGrain>(TenantKeys.Of(caller.Tenant));
}
