using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Tests.Fakes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Gateway.Tests.Rights;

public sealed class PermissionTests
{
    [Fact]
    public void Map_RpcWithoutAPermission_FailsAtStartNamingIt()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(new FakeGrains().Factory);
        builder.Services.AddAggregationGateway(builder.Configuration);
        var app = builder.Build();
        app.MapGrpcService<UndeclaredService>();

        var refused = Assert.Throws<InvalidOperationException>(() => app.MapAggregationGateway());

        Assert.StartsWith(
            "No permission is declared for /aggregation.v1.CatalogService/GetForm, /aggregation.v1.CatalogService/ListUnits. ",
            refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_KeyWithoutAnyRole_IsPermissionDeniedBeforeAnyGrain()
    {
        await using var host = await GatewayHost.StartAsync();
        var key = host.Tenant.Keys.Issue(static caller => caller with { Submit = null, Read = null, Review = null, IsAdministrator = false });

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Submissions.SubmitAsync(Requests.Submit(), GatewayHost.Bearer(key)));

        Assert.Equal(
            (StatusCode.PermissionDenied, "This key may not call aggregation.v1.SubmissionService/Submit; it takes one of: Submitter."),
            (refused.StatusCode, refused.Status.Detail));
        Assert.Empty(host.Grains.LedgerKeys);
    }

    /// <summary>Declares a permission for one of its three methods.</summary>
    private sealed class UndeclaredService : V1.CatalogService.CatalogServiceBase
    {
        [Requires(Roles.Member)]
        public override Task<V1.ListFormsResponse> ListForms(V1.ListFormsRequest request, ServerCallContext context) =>
            Task.FromResult(new V1.ListFormsResponse());

        public override Task<V1.Form> GetForm(V1.GetFormRequest request, ServerCallContext context) => Task.FromResult(new V1.Form());
    }
}
