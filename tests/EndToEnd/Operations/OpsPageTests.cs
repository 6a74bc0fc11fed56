using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Browsers;
using Grpc.Core;

namespace Aggregation.EndToEnd.Operations;

/// <summary>An operator looks at a server at work, in Chromium.</summary>
public sealed class OpsPageTests
{
    private const string Leaf = "610101-D01";
    private const string OtherLeaf = "610101-D02";
    private const string Distinctive = "918273645";

    /// <summary>A folder that takes pictures of the pages; the server then works for some seconds first. See build/ops-screenshot.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("OPS_PICTURES");

    [BrowserFact]
    public async Task Operator_SignsInReadsAndFilters_SeesTracesAndNoFigure()
    {
        var folder = Path.Combine(Checkout.Root, "tests", "EndToEnd", "browser");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core")),
            $"The browser's driver is not installed. Node and npm are needed: npm ci --prefix {Path.GetRelativePath(Checkout.Root, folder)}");
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path);
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data.Path, "north", UnitTree.Chain(UnitTree.Root, "610100", "610101", Leaf, OtherLeaf));
        await SubmitAsync(api, tenant);

        var start = new ProcessStartInfo("node", [Path.Combine(folder, "ops.mjs")]);
        start.Environment["CHROMIUM"] = Chromium.Path;
        start.Environment["OPS"] = host.HttpAddress.GetLeftPart(UriPartial.Authority);
        start.Environment["KEY"] = (await File.ReadAllTextAsync(Path.Combine(data.Path, "platform.key"))).Trim();
        start.Environment["WRONG_KEY"] = tenant.AdministratorKey;
        start.Environment["TENANT"] = tenant.Name;
        start.Environment["UNIT"] = Leaf;
        start.Environment["PICTURES"] = Pictures ?? "";
        await using var browser = new RunningProcess(start);
        var exitCode = await browser.ExitedAsync(Patience.Test);

        Assert.True(exitCode == 0, $"The browser's driver ended with exit code {exitCode}:\n{browser.Output}");
        var seen = JsonSerializer.Deserialize<Seen>(browser.Output, JsonSerializerOptions.Web)!;
        Assert.Empty(seen.Faults);
        Assert.Equal([start.Environment["OPS"]!], seen.Requests);
        AssertAccess(seen);
        AssertOverview(seen);
        AssertLists(seen);
        AssertWaterfall(seen);
        foreach (var secret in new[] { Distinctive, "918,273,645", start.Environment["KEY"]!, tenant.SubmitKey, "no-such-cell" })
        {
            Assert.DoesNotContain(secret, seen.Html, StringComparison.Ordinal);
        }
    }

    private static void AssertAccess(Seen seen)
    {
        Assert.Equal((401, "密钥无效 This is no platform operator's key.", "/ops"), (seen.First, seen.Wrong, seen.Address));
        Assert.Equal([new Cookie("aggregation-ops", "/ops", HttpOnly: true, "Strict")], seen.Cookies);
        Assert.Equal(("", true, 401), (seen.Script, seen.SignedOut, seen.OldCookie));
    }

    private static void AssertOverview(Seen seen)
    {
        Assert.Equal(
            ["填报 submissions", "拒绝 refused", "填报时延 submit p99", "新鲜度 receipt → root p99", "上推积压 push backlog", "日志提交 commit p99"],
            seen.Tiles);
        Assert.Contains("台账与滞后 Ledgers and their lag", seen.Panels);
        Assert.Contains("核对与修复 Audits and repairs", seen.Panels);
        Assert.Contains("日志与存储 Journal and storage", seen.Panels);
        Assert.Superset(new HashSet<string> { "SubmissionService/Submit", "OK", "INVALID_ARGUMENT", "invalid", "north", "省 province" }, seen.Answers.ToHashSet());
        Assert.Equal((0, "true", "true"), (seen.Overflow, seen.Paused, seen.StillPaused));
    }

    private static void AssertLists(Seen seen)
    {
        Assert.Equal("refused", seen.Order[0]);
        Assert.Equal(seen.Order.OrderBy(static outcome => Array.IndexOf(["failed", "refused", "ok"], outcome)), seen.Order);
        Assert.Contains("ok", seen.Order);

        // Those of the unit itself and no other's; what refused it is among them.
        Assert.NotEmpty(seen.ByUnit);
        Assert.All(seen.ByUnit, static row => Assert.Equal(("north", Leaf), (row.Tenant, row.Unit)));
        Assert.Contains(seen.ByUnit, static row => row is { Outcome: "refused", Rpc: "SubmissionService/Submit", Status: "INVALID_ARGUMENT" });
        Assert.NotEmpty(seen.ByRpc);
        Assert.All(seen.ByRpc, static row => Assert.Equal(("SubmissionService/Submit", "north"), (row.Rpc, row.Tenant)));
        Assert.Equal([Leaf, OtherLeaf], seen.ByRpc.Select(static row => row.Unit).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("?order=slowest&outcome=&tenant=north&rpc=SubmissionService%2FSubmit&unit=", seen.Chosen);
    }

    private static void AssertWaterfall(Seen seen)
    {
        var names = seen.Bars.Select(static bar => bar.Name).ToList();
        Assert.Equal((0, "SubmissionService/Submit"), (seen.Bars[0].Depth, names[1]));
        Assert.Single(names, "journal append");
        Assert.Equal(3, names.Count(static name => name == "ledger.push"));
        Assert.All(seen.Bars, static bar =>
        {
            Assert.True(bar.Shown, bar.Name);
            Assert.InRange(bar.Begin, -0.01, 1.001);
            Assert.InRange(bar.End, bar.Begin, 1.01);
        });

        // Each push is caused by what is left of it and above it.
        var pushes = seen.Bars.Where(static bar => bar.Name == "ledger.push").ToList();
        Assert.Equal(pushes.OrderBy(static bar => bar.Begin).Select(static bar => bar.Depth), pushes.Select(static bar => bar.Depth).Order());
        Assert.Equal(0, seen.Closed);
        Assert.Superset(
            new HashSet<string> { "aggregation.tenant", "aggregation.unit", "aggregation.parent", "aggregation.push.changes" }, seen.Attributes.ToHashSet());
        Assert.True(seen.Linked);
    }

    /// <summary>Some that are taken, up to the root, and some that are not. For pictures more of them, for as long as a line is to be.</summary>
    private static async Task SubmitAsync(Api api, TestTenant tenant)
    {
        var began = Stopwatch.GetTimestamp();
        var random = new Random(7);
        for (var i = 1; i <= 4 || (Pictures is not null && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(100)); i++)
        {
            foreach (var unit in new[] { OtherLeaf, Leaf })
            {
                var good = Figures.ToRequest(unit, $"{unit}-{i}", new Dictionary<string, long> { ["3.2"] = long.Parse(Distinctive, CultureInfo.InvariantCulture) + random.Next(9) });
                await api.Submissions.SubmitAsync(good, Api.With(tenant.SubmitKey));

                // One after the other, so that none takes another along to the root.
                await api.Rollups.AwaitAsync(Figures.ToAwait(unit, i), Api.With(tenant.ReadKey));
            }

            if (i == 4 || random.Next(400) == 0)
            {
                var bad = Figures.ToRequest(Leaf, $"bad-{i}", new Dictionary<string, long> { ["no-such-cell"] = 1 });
                var refusal = await Assert.ThrowsAsync<RpcException>(() => api.Submissions.SubmitAsync(bad, Api.With(tenant.SubmitKey)).ResponseAsync);
                Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
            }
        }
    }

    private sealed record Seen
    {
        public required IReadOnlyList<string> Requests { get; init; }

        public required IReadOnlyList<string> Faults { get; init; }

        public required string Html { get; init; }

        public required int First { get; init; }

        public required string Wrong { get; init; }

        public required string Address { get; init; }

        public required IReadOnlyList<Cookie> Cookies { get; init; }

        /// <summary>The cookies that a script sees.</summary>
        public required string Script { get; init; }

        public required IReadOnlyList<string> Tiles { get; init; }

        public required IReadOnlyList<string> Panels { get; init; }

        public required IReadOnlyList<string> Answers { get; init; }

        /// <summary>By how many pixels a page is wider than the window.</summary>
        public required int Overflow { get; init; }

        public required string Paused { get; init; }

        public required string StillPaused { get; init; }

        public required IReadOnlyList<string> Order { get; init; }

        public required IReadOnlyList<Row> ByUnit { get; init; }

        public required IReadOnlyList<Row> ByRpc { get; init; }

        public required string Chosen { get; init; }

        public required IReadOnlyList<Bar> Bars { get; init; }

        public required int Closed { get; init; }

        public required IReadOnlyList<string> Attributes { get; init; }

        public required bool Linked { get; init; }

        public required bool SignedOut { get; init; }

        public required int OldCookie { get; init; }
    }

    private sealed record Cookie(string Name, string Path, bool HttpOnly, string SameSite);

    private sealed record Row(string Outcome, string Rpc, string Tenant, string Unit, string Status, string Link);

    private sealed record Bar(string Name, int Depth, double Begin, double End, bool Shown);
}
