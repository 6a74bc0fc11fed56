using System.Globalization;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>Many traced submissions at once go up in few pushes and few transactions; each can be followed all the same.</summary>
public sealed class ConflationTests
{
    private const int Leaves = 40;
    private const string County = "610101";
    private const string City = "610100";

    [Fact]
    public async Task Submit_ManyAtOnce_EachIsFollowedToTheRootByParentsAndLinks()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["Traces__Ratio"] = "0",
        });
        using var api = new Api(host.Address);
        var leaves = Enumerable.Range(0, Leaves + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{County}-D{i:00}")).ToList();
        var tenant = await TestTenant.CreateAsync(api, data.Path, "many", UnitTree.Chain(UnitTree.Root, City, County, leaves));

        // The ledgers above are awake, so that each submission changes them by being pushed.
        await SubmitAsync(api, tenant, leaves[0], trace: null);
        await AwaitAsync(api, tenant, leaves[0]);

        // Half are traced; what they go up with may be or not.
        await Task.WhenAll(leaves.Skip(1).Select((leaf, i) => SubmitAsync(api, tenant, leaf, i % 2 == 0 ? i + 1 : null)));
        await Task.WhenAll(leaves.Skip(1).Select(leaf => AwaitAsync(api, tenant, leaf)));

        var spans = await receiver.SpansAsync(IsFollowed);
        Assert.All(spans, span => Assert.True(Convert.ToInt32(span.TraceId, 16) is > 0 and <= Leaves, span.Span.Name));
        var traces = spans.Select(span => span.TraceId).Distinct().Count();
        Assert.Equal(Leaves / 2, traces);
    }

    /// <summary>Every traced change of a ledger below the root went on in a push, and every traced append names its transaction.</summary>
    private static bool IsFollowed(IReadOnlyList<ReceivedSpan> spans)
    {
        var handled = spans.Where(span => span.Span.Kind == Otlp.SpanKind.Server).ToList();
        var submitted = handled.Where(span => span.Span.Name == "ILedgerGrain/Submit").ToList();
        var arrived = handled.Where(span => span.Span.Name == "IRollupGrain/Push").ToList();
        var pushes = spans.Where(span => span.Span.Name == "ledger.push").ToList();
        var commits = spans.Where(span => span.Span.Name == "journal commit").ToList();
        return submitted.Count == Leaves / 2
            && submitted.All(change => GoesOn(change, pushes))
            && pushes.Any(push => push["aggregation.unit"] == City)
            && pushes.All(push => Arrived(push, spans, arrived) is { } arrival
                && (push["aggregation.unit"] == City || GoesOn(arrival, pushes)))
            && spans.Where(span => span.Span.Name == "journal append").All(append => commits.Exists(append.IsLinkedTo));
    }

    private static bool GoesOn(ReceivedSpan change, List<ReceivedSpan> pushes) =>
        pushes.Exists(push => (push.ParentId == change.Id && push.TraceId == change.TraceId) || push.IsLinkedTo(change));

    private static ReceivedSpan? Arrived(ReceivedSpan push, IReadOnlyList<ReceivedSpan> spans, List<ReceivedSpan> arrived) =>
        spans.FirstOrDefault(span => span.ParentId == push.Id) is { } call ? arrived.Find(span => span.ParentId == call.Id) : null;

    private static async Task SubmitAsync(Api api, TestTenant tenant, string leaf, int? trace)
    {
        var options = Api.With(tenant.SubmitKey);
        if (trace is { } number)
        {
            options.Headers!.Add("traceparent", string.Create(CultureInfo.InvariantCulture, $"00-{number:x32}-00f067aa0ba902b7-01"));
        }

        await api.Submissions.SubmitAsync(Figures.ToRequest(leaf, $"of-{leaf}", new Dictionary<string, long> { ["3.2"] = 1 }), options);
    }

    private static async Task AwaitAsync(Api api, TestTenant tenant, string leaf) =>
        await api.Rollups.AwaitAsync(Figures.ToAwait(leaf, 1), Api.With(tenant.ReadKey));
}
