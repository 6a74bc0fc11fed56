using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>Every RPC with every kind of wrong key. A new RPC fails here until somebody says who may call it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class RightsTests(Cluster cluster)
{
    private const string Own = "411300-D1";
    private const string Other = "411400-D1";
    private const string Services = "aggregation.v1.";

    /// <summary>Refusals by method: the request, by the unit it is about, and whose key is refused how.</summary>
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["SubmissionService.Submit"] = OfUnit(unit => Cluster.Submit(unit, "rights"), c => c.NorthReader),
        ["SubmissionService.SubmitMany"] = OfUnit(unit => Cluster.Submit(unit, "rights"), c => c.NorthReader),
        ["SubmissionService.Validate"] = OfUnit(unit => Cluster.Submit(unit, "rights"), c => c.NorthReader),
        ["SubmissionService.Withdraw"] = OfUnit(
            unit => new V1.WithdrawRequest { Unit = unit, Form = "2014", Period = "2015", RequestId = "rights", Reason = "r" },
            c => c.NorthReader),
        ["SubmissionService.Get"] = OfUnit(
            unit => new V1.GetSubmissionRequest { Unit = unit, Form = "2014", Period = "2015" }, null),
        ["SubmissionService.History"] = OfUnit(
            unit => new V1.HistoryRequest { Unit = unit, Form = "2014", Period = "2015" }, null),
        ["SubmissionService.VerifyReceipt"] = OfUnit(
            unit => new V1.VerifyReceiptRequest
            {
                Unit = unit, Form = "2014", Period = "2015", Revision = 1, Hash = new string('a', 64),
            },
            null),
        ["RollupService.GetTotal"] = OfUnit(unit => new V1.GetTotalRequest { Total = Total(unit) }, c => c.NorthSubmitter),
        ["RollupService.Children"] = OfUnit(unit => new V1.ChildrenRequest { Total = Total(unit) }, c => c.NorthSubmitter),
        ["RollupService.GetYearToDate"] = OfUnit(unit => new V1.GetYearToDateRequest { Total = Total(unit) }, c => c.NorthSubmitter),
        ["RollupService.GetSeries"] = OfUnit(
            unit => new V1.GetSeriesRequest { Unit = unit, Form = "2014", Periods = { "2015" }, Mode = V1.StructureMode.Restated },
            c => c.NorthSubmitter),
        ["RollupService.Explain"] = OfUnit(
            unit => new V1.ExplainRequest { Total = Total(unit), Cell = "9.1" }, c => c.NorthSubmitter),
        ["RollupService.Watch"] = OfUnit(unit => new V1.WatchRequest { Total = Total(unit) }, c => c.NorthSubmitter),
        ["RollupService.Await"] = OfUnit(
            unit => new V1.AwaitRequest { Unit = unit, Form = "2014", Period = "2015", Revision = 1, AtUnit = "410000" }, null),
        ["PublicationService.Publish"] = OfUnit(
            unit => new V1.PublishRequest { Total = Total(unit), RequestId = "rights" }, c => c.NorthReader),
        ["PublicationService.ListPublications"] = OfUnit(
            unit => new V1.ListPublicationsRequest { Unit = unit, Form = "2014", Period = "2015" }, null),
        ["PublicationService.GetPublication"] = OfUnit(
            unit => new V1.GetPublicationRequest { Unit = unit, Form = "2014", Period = "2015" }, c => c.NorthSubmitter),
        ["PublicationService.GetRestatement"] = OfUnit(
            unit => new V1.GetRestatementRequest { Unit = unit, Form = "2014", Period = "2015" }, c => c.NorthSubmitter),
        ["CatalogService.ListForms"] = OfTenant(new V1.ListFormsRequest(), null),
        ["CatalogService.GetForm"] = new Case(new V1.GetFormRequest { Form = "2014" }, null, null, null, null),
        ["CatalogService.ListUnits"] = OfUnit(unit => new V1.ListUnitsRequest { Under = unit }, null),
        ["AdminService.CreateTenant"] = OfPlatform(new V1.CreateTenantRequest { Tenant = "west", Name = "West" }),
        ["AdminService.ListTenants"] = OfPlatform(new V1.ListTenantsRequest()),
        ["AdminService.ImportUnits"] = OfTenant(new V1.ImportUnitsRequest { Csv = "code,name,kind,level,parent,from,to" }, c => c.NorthClerk),
        ["AdminService.PlanRestructuring"] = OfTenant(new V1.PlanRestructuringRequest(), c => c.NorthClerk),
        ["AdminService.ApplyRestructuring"] = OfTenant(new V1.ApplyRestructuringRequest(), c => c.NorthClerk),
        ["AdminService.ChangeSettings"] = OfTenant(
            new V1.ChangeSettingsRequest { Settings = new V1.TenantSettings { AutoAccept = true } }, c => c.NorthClerk),
        ["AdminService.CreateKey"] = OfTenant(
            new V1.CreateKeyRequest { Label = "l", Administrator = true }, c => c.NorthClerk),
        ["AdminService.ListKeys"] = OfTenant(new V1.ListKeysRequest(), c => c.NorthClerk),
        ["AdminService.ExportTenant"] = OfTenant(new V1.ExportTenantRequest(), c => c.NorthClerk),
        ["AdminService.ImportTenant"] = OfPlatform(V1.TransferChunk.Behind(null, new V1.TransferBody
        {
            Header = new V1.TransferHeader
            {
                Tenant = "west", Name = "West", ExportedAt = new Google.Protobuf.WellKnownTypes.Timestamp(),
            },
        })),
        ["AdminService.Audit"] = OfTenant(new V1.AuditRequest(), c => c.NorthClerk),
        ["AdminService.RevokeKey"] = OfTenant(new V1.RevokeKeyRequest { KeyId = "000000000000" }, c => c.NorthClerk),
    };

    public static TheoryData<string> EveryMethod => [.. Methods.All.Select(static method => method.FullName)];

    [Fact]
    public void Cases_CoverEveryMethod() => Assert.Equal(
        Methods.All.Select(static method => method.FullName[Services.Length..]).Order(StringComparer.Ordinal),
        Cases.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Method_RevokedKey_IsUnauthenticated(string method) =>
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(method, Of(method).Request, cluster.Revoked));

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Method_KeyOfAnotherTenant_SeesNothing(string method)
    {
        var (request, _, _, wrongTenant, expected) = Of(method);
        if (wrongTenant is not null)
        {
            Assert.Equal(expected, await CallAsync(method, request, wrongTenant(cluster)));
        }
    }

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Method_UnitOutsideTheKeysSubtree_IsPermissionDenied(string method)
    {
        if (Of(method).OtherUnit is { } request)
        {
            Assert.Equal(StatusCode.PermissionDenied, await CallAsync(method, request, cluster.NorthClerk));
        }
    }

    [Theory]
    [MemberData(nameof(EveryMethod))]
    public async Task Method_KeyWithoutTheRole_IsPermissionDenied(string method)
    {
        if (Of(method).WrongRole is { } key)
        {
            Assert.Equal(StatusCode.PermissionDenied, await CallAsync(method, Of(method).Request, key(cluster)));
        }
    }

    private static Case OfUnit(Func<string, IMessage> request, Func<Cluster, string>? wrongRole) =>
        new(request(Own), request(Other), wrongRole, static c => c.SouthClerk, StatusCode.NotFound);

    /// <summary>The tenant is the key's own, so that only the platform's key belongs to no tenant at all.</summary>
    private static Case OfTenant(IMessage request, Func<Cluster, string>? wrongRole) =>
        new(request, null, wrongRole, static c => c.Platform, StatusCode.NotFound);

    private static Case OfPlatform(IMessage request) =>
        new(request, null, static c => c.NorthAdministrator, static c => c.SouthAdministrator, StatusCode.PermissionDenied);

    private static V1.TotalSelector Total(string unit) => new() { Unit = unit, Form = "2014", Period = "2015" };

    private static Case Of(string method) => Cases[method[Services.Length..]];

    private async Task<StatusCode> CallAsync(string method, IMessage request, string key)
    {
        try
        {
            var answers = await Methods.CallAsync(cluster.Channel, Methods.Find(method), request.ToByteArray(), Cluster.As(key));

            // A batch answers each item on its own, with the status that Submit has.
            return method.EndsWith(".SubmitMany", StringComparison.Ordinal)
                ? (StatusCode)(V1.SubmitManyResponse.Parser.ParseFrom(Assert.Single(answers)).Error?.Code ?? 0)
                : StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private sealed record Case(
        IMessage Request,
        IMessage? OtherUnit,
        Func<Cluster, string>? WrongRole,
        Func<Cluster, string>? WrongTenant,
        StatusCode? WrongTenantStatus);
}
