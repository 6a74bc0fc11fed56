using Grpc.Core;

namespace Aggregation.Gateway.Tests.Structure;

/// <summary>A tenant of a test's own whose structure changes: a city of two counties with a department each, and a line.</summary>
internal sealed class Restructured(Server server, OwnTenant tenant)
{
    public const string Root = "990000";
    public const string City = "990300";
    public const string OtherCity = "990400";
    public const string First = "990301";
    public const string Second = "990302";
    public const string Department = "990302-E";
    public const string Finance = "990400-F";
    public const string Form = "2014";
    public const string Line = "education";

    public const string Territory = """
        code,name,kind,level,parent,from,to
        990000,甲省,government,province,,,
        990000-E,甲省教育厅,department,,990000,,
        990300,丙市,government,city,990000,,
        990301,丁县,government,county,990300,,
        990302,戊县,government,county,990300,,
        990302-E,戊县教育局,department,,990302,,
        990400,己市,government,city,990000,,
        990400-F,己市财政局,department,,990400,,
        990401,庚县,government,county,990400,,
        """;

    public const string LineUnits = """
        code,name,kind,level,parent,from,to
        990000-E,,,,,,
        990302-E,,,,990000-E,,
        """;

    public OwnTenant Tenant => tenant;

    public CallOptions Call => tenant.Call;

    public static async Task<Restructured> StartAsync(Server server, bool autoAccept = true)
    {
        var tenant = await server.OwnTenantAsync(Territory, autoAccept);
        await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Tree = Line, Csv = LineUnits }, tenant.Call);
        return new Restructured(server, tenant);
    }

    public static V1.StructureChange Change(
        string change, string unit, string from = "2018-07-01", string parent = "", string into = "", string tree = "", string name = "", string kind = "") =>
        new() { Line = 1, Change = change, Unit = unit, From = from, Parent = parent, Into = into, Tree = tree, Name = name, Kind = kind };

    public Task<V1.RestructuringPlan> PlanAsync(params V1.StructureChange[] changes) =>
        server.Admin.PlanRestructuringAsync(new V1.PlanRestructuringRequest { Changes = { changes } }, Call).ResponseAsync;

    public async Task<V1.ApplyRestructuringResponse> ApplyAsync(bool acceptLoss, params V1.StructureChange[] changes) =>
        await server.Admin.ApplyRestructuringAsync(
            new V1.ApplyRestructuringRequest
            {
                Changes = { changes }, StructureVersion = (await PlanAsync(changes)).StructureVersion, AcceptLoss = acceptLoss,
            },
            Call);

    public async Task<V1.Total> TotalAsync(string unit, string period = "2018", string tree = "", V1.AsOf? asOf = null) =>
        await server.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Selector(unit, period, tree, asOf) }, Call);

    public async Task<V1.SeriesPoint> RestatedAsync(string unit, string period = "2018", string on = "2019-01-01", string tree = "") =>
        Assert.Single((await server.Rollups.GetSeriesAsync(
            new V1.GetSeriesRequest { Unit = unit, Form = Form, Periods = { period }, Mode = V1.StructureMode.Restated, On = on, Tree = tree },
            Call)).Points);

    public async Task<CallOptions> KeyAsync(V1.Subtree? submit = null, V1.Subtree? read = null, V1.Subtree? review = null) => Server.As(
        (await server.Admin.CreateKeyAsync(
            new V1.CreateKeyRequest { Label = "narrow", Submit = submit, Read = read, Review = review }, Call)).Text);

    public static V1.TotalSelector Selector(string unit, string period = "2018", string tree = "", V1.AsOf? asOf = null) =>
        new() { Unit = unit, Form = Form, Period = period, Tree = tree, AsOf = asOf };

    public static async Task<RpcException> RefusedAsync(Func<Task> call) => await Assert.ThrowsAsync<RpcException>(call);

    /// <summary>The broken rules that a refusal names.</summary>
    public static IReadOnlyList<V1.Violation> Violations(RpcException refusal)
    {
        var status = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        return status.Details.Single(detail => detail.Is(V1.Refusal.Descriptor)).Unpack<V1.Refusal>().Violations;
    }

    public static (string Code, long Units)[] Figures(IEnumerable<V1.CellTotal> cells) =>
        [.. cells.Select(cell => (cell.Code, cell.Amount.Units))];

    public static (int Submitted, int Expected) Rate(V1.Coverage coverage) => (coverage.Submitted, coverage.Expected);
}
