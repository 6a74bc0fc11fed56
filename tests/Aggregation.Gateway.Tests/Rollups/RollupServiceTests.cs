using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

public sealed class RollupServiceTests
{
    [Fact]
    public async Task GetTotal_Defaults_AreTheTerritoryTheRegionAndWhatIsSubmitted()
    {
        await using var host = await GatewayHost.StartAsync();

        var total = await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Requests.Total() }, host.Call());

        Assert.Equal(new TotalQuery { Tree = "territory", Scope = Scope.Region, Layer = Layer.Submitted }, host.Ledger("410000").Asked);
        Assert.Equal(
            new V1.Total
            {
                Selector = new V1.TotalSelector
                {
                    Unit = "410000", Form = "2014", Period = "2017", Scope = V1.Scope.Region, Layer = V1.Layer.Submitted, Tree = "territory",
                },
                UnitName = "unit 410000",
                Version = new V1.Version { Epoch = 1, Version_ = 1 },
                StructureVersion = 3,
                Coverage = new V1.Coverage { Expected = 5, Submitted = 4, Accepted = 3, Returned = 2, Nil = 1 },
                Digest = new string('0', 32),
                Cells = { new V1.CellTotal { Code = "1.1", Amount = new V1.Amount { Units = 1 }, Count = 4 } },
                Derived =
                {
                    new V1.DerivedFigure { Code = "rate" },
                    new V1.DerivedFigure { Code = "share", Value = new V1.Amount { Nanos = 250_000_000 } },
                },
            },
            total);
    }

    [Theory]
    [InlineData(V1.Scope.Own, V1.Layer.Accepted, Scope.Own, Layer.Accepted)]
    [InlineData(V1.Scope.Level, V1.Layer.Submitted, Scope.Level, Layer.Submitted)]
    [InlineData(V1.Scope.Region, V1.Layer.Accepted, Scope.Region, Layer.Accepted)]
    public async Task GetTotal_ScopeAndLayer_AreAsAskedAndAsAnswered(V1.Scope scope, V1.Layer layer, Scope askedScope, Layer askedLayer)
    {
        await using var host = await GatewayHost.StartAsync();
        var selector = Requests.Total();
        (selector.Scope, selector.Layer, selector.Tree) = (scope, layer, "education");

        var total = await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = selector }, host.Call());

        Assert.Equal(new TotalQuery { Tree = "education", Scope = askedScope, Layer = askedLayer }, host.Ledger("410000").Asked);
        Assert.Equal(selector, total.Selector);
    }

    [Fact]
    public async Task GetTotal_SelectorIsWrong_NamesTheField()
    {
        await using var host = await GatewayHost.StartAsync();
        var badScope = Requests.Total();
        badScope.Scope = (V1.Scope)9;
        var badTree = Requests.Total();
        badTree.Tree = "a/b";

        Assert.Equal("total: Must be given.", await DetailOf(null));
        Assert.Equal("total.scope: Must be from 0 to 3.", await DetailOf(badScope));
        Assert.StartsWith("total.tree: ", await DetailOf(badTree), StringComparison.Ordinal);

        async Task<string> DetailOf(V1.TotalSelector? selector)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = selector }, host.Call()));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            return refused.Status.Detail;
        }
    }

    [Fact]
    public async Task Explain_Tree_OpensEachUnitBeforeTheNext()
    {
        await using var host = await GatewayHost.StartAsync();
        Plant(host);

        Assert.Equal(
            ["0 410000 1", "1 410000 own -", "1 411300 3", "2 411300-D1 2 r5 k9", "2 411300-D2 1 r1 k9", "1 411400 -"],
            await ExplainAsync(host, "1.1", 0));
    }

    [Fact]
    public async Task Explain_Depth_OpensNoFurther()
    {
        await using var host = await GatewayHost.StartAsync();
        Plant(host);

        Assert.Equal(["0 410000 1", "1 410000 own -", "1 411300 3", "1 411400 -"], await ExplainAsync(host, "1.1", 1));
    }

    [Fact]
    public async Task Explain_CellOfTheFormThatNobodyGave_IsALineWithoutAnAmount()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Tenant.Forms = [Form("2014", "1.1", "6")];

        Assert.Equal(["0 410000 -"], await ExplainAsync(host, "6", 0));
    }

    [Theory]
    [InlineData("6", 0, "cell: There is no such value.")]
    [InlineData("", 0, "cell: Must be given.")]
    [InlineData("1.1", 17, "depth: Must be from 0 to 16.")]
    [InlineData("1.1", -1, "depth: Must be from 0 to 16.")]
    public async Task Explain_CellOrDepthDoesNotExist_IsInvalid(string cell, int depth, string expected)
    {
        await using var host = await GatewayHost.StartAsync();
        host.Tenant.Forms = [Form("2014", "1.1"), Form("2021", "6")];

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(host, cell, depth));

        Assert.Equal((StatusCode.InvalidArgument, expected), (refused.StatusCode, refused.Status.Detail));
    }

    private static void Plant(GatewayHost host)
    {
        host.Ledger("410000").Parts =
        [
            Part("410000", null, own: true), Part("411300", 3, canOpen: true), Part("411400", null, canOpen: true),
        ];
        host.Ledger("411300").Parts =
        [
            Part("411300-D1", 2) with { Source = new SubmissionSource(5, "k9", DateTimeOffset.UnixEpoch) },
            Part("411300-D2", 1) with { Source = new SubmissionSource(1, "k9", DateTimeOffset.UnixEpoch) },
        ];
    }

    private static Part Part(string unit, long? figure, bool own = false, bool canOpen = false) => new()
    {
        Unit = unit,
        UnitName = unit,
        IsOwn = own,
        CanOpen = canOpen,
        Coverage = default,
        Digest = "",
        Cells = figure is { } units ? [new CellTotal("1.1", new Amount(units, 0), 1)] : ImmutableArray<CellTotal>.Empty,
        Version = default,
    };

    private static FormView Form(string code, params string[] cells) => new()
    {
        Form = code,
        NameZh = "表",
        NameEn = "form",
        Hash = "",
        Periods = [PeriodKind.Year],
        Cells =
        [
            .. cells.Select((cell, index) => new CellView(new Cell(cell, index, cell, null, "", "", "条", 0, CellKind.Flow, 1, "", null), [])),
        ],
        Checks = [],
        Derived = [],
        Layout = new FormLayout([], [], [], null),
    };

    private static async Task<List<string>> ExplainAsync(GatewayHost host, string cell, int depth)
    {
        using var call = host.Rollups.Explain(
            new V1.ExplainRequest { Total = Requests.Total(), Cell = cell, Depth = depth }, host.Call());
        var lines = new List<string>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            var line = call.ResponseStream.Current;
            var amount = line.Amount is null ? "-" : $"{line.Amount.Units}";
            var source = line.Source is null ? "" : $" r{line.Source.Revision} {line.Source.Actor}";
            lines.Add($"{line.Depth} {line.Unit}{(line.Own ? " own" : "")} {amount}{source}");
        }

        return lines;
    }
}
