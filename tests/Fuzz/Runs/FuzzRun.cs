using System.Collections.Concurrent;
using System.Globalization;
using Aggregation.Fuzz.Requests;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Aggregation.Fuzz.Runs;

/// <summary>Sends requests that no client should to a running server, every RPC in every way, and looks what became of it.</summary>
internal sealed class FuzzRun(int perRpcAndKind, int seed, Action<string> say)
{
    private const int AtOnce = 8;
    private const long MostGrowth = 768L << 20;

    /// <summary>How the client's library begins when an answer, to this call or to another one, made it give the connection up.</summary>
    private const string ConnectionLost = "Error starting gRPC call";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. typeof(SubmissionReflection).Assembly.GetExportedTypes()
            .Select(static type => type.GetProperty("Descriptor")?.GetMethod is { IsStatic: true } get ? get.Invoke(null, null) : null)
            .OfType<FileDescriptor>().SelectMany(static file => file.Services).SelectMany(static service => service.Methods)
            .OrderBy(static method => method.FullName, StringComparer.Ordinal),
    ];

    private readonly ConcurrentDictionary<StatusCode, int> _statuses = new();
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>Everything is as it should be, or these things are not.</summary>
    public async Task<FuzzResult> RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(folder.Path);
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, folder.Path, "fuzzed", new UnitTree(2, 2, 2, 2));
        var keys = await FuzzKeys.CreateAsync(api, folder.Path, tenant);
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = 64 << 20,
            MaxSendMessageSize = 64 << 20,
        });

        // Before memory is measured: everything was compiled and opened once.
        await SendAsync(channel, keys, 1, seed - 1);
        var (sentBefore, before) = (_statuses.Values.Sum(), Memory(host));
        await SendAsync(channel, keys, perRpcAndKind, seed);
        var after = Memory(host);
        if (after - before > MostGrowth)
        {
            _faults.Enqueue($"the server's memory grew from {before >> 20} to {after >> 20} MiB");
        }

        await RequireServiceAsync(api, tenant);
        return new FuzzResult(
            _statuses.Values.Sum(), Methods.Count, Enum.GetValues<FuzzKind>().Length,
            _statuses.OrderBy(static pair => pair.Key).ToDictionary(), before, after, [.. _faults], seed, sentBefore);
    }

    private static long Memory(StandaloneHost host)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{host.ProcessId}/status");
        var line = File.ReadLines(path).Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 6 - 3).Trim(), CultureInfo.InvariantCulture) << 10;
    }

    private async Task SendAsync(GrpcChannel channel, FuzzKeys keys, int count, int seed)
    {
        var work =
            from method in Methods
            from kind in Enum.GetValues<FuzzKind>()
            from number in Enumerable.Range(0, count)
            select (method, kind, number);
        await Parallel.ForEachAsync(
            work.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) =>
            {
                var (index, (method, kind, number)) = item;

                // Each request of its own seed, whatever the order: a run can be repeated.
                var random = new Random(HashCode(seed, index));
                var request = new RequestMaker(random).Make(method.InputType, kind);
                var (status, detail) = await Wire.CallAsync(channel, method, request, keys.For(method, random), Longest);
                _statuses.AddOrUpdate(status, 1, static (_, count) => count + 1);
                if (status is StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss or StatusCode.Unimplemented
                    || detail.StartsWith(ConnectionLost, StringComparison.Ordinal))
                {
                    var fault = $"{method.FullName}, {kind} {number}: {status} '{detail}'";
                    _faults.Enqueue(fault);
                    say(fault);
                }
            });
    }

    private static int HashCode(int seed, int index) => unchecked((seed * 486_187_739) + (index * 16_777_619));

    /// <summary>The server still does what it is for.</summary>
    private async Task RequireServiceAsync(Api api, TestTenant tenant)
    {
        const string unit = "610101-D01", period = "2015Q2";
        var submit = new SubmitRequest
        {
            Unit = unit, Form = "2014", Period = period, RequestId = "after", Cells = { new Cell { Code = "9.1", Amount = new Amount { Units = 7 } } },
        };
        try
        {
            var receipt = await api.Submissions.SubmitAsync(submit, Api.With(tenant.SubmitKey));
            await api.Rollups.AwaitAsync(
                new AwaitRequest { Unit = unit, Form = "2014", Period = period, Revision = receipt.Revision, AtUnit = UnitTree.Root },
                Api.With(tenant.SubmitKey));
            var total = await api.Rollups.GetTotalAsync(
                new GetTotalRequest { Total = new TotalSelector { Unit = unit, Form = "2014", Period = period } }, Api.With(tenant.ReadKey));
            if (total.Cells.SingleOrDefault()?.Amount.Units != 7)
            {
                _faults.Enqueue($"afterwards the total is {total.Cells}, not 7 in one cell");
            }
        }
        catch (RpcException exception)
        {
            _faults.Enqueue($"afterwards the server answers {exception.StatusCode} '{exception.Status.Detail}'");
        }
    }
}
