using System.Collections.Concurrent;
using System.Threading.Channels;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Tests.Fakes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Submissions;

public sealed class SubmitManyTests
{
    [Fact]
    public async Task SubmitMany_FirstTakesLonger_AnswersInTheOrderOfCompletion()
    {
        await using var host = await GatewayHost.StartAsync();
        var gates = new Gates(host.Ledger("u"));
        using var batch = host.Submissions.SubmitMany(host.Call());
        await batch.RequestStream.WriteAsync(Requests.Submit("u", "slow"));
        await batch.RequestStream.WriteAsync(Requests.Submit("u", "quick"));
        await batch.RequestStream.CompleteAsync();
        await gates.EnteredAsync(2);

        gates.Open("quick");
        var first = await NextAsync(batch);
        gates.Open("slow");
        var second = await NextAsync(batch);

        Assert.Equal(("quick", "slow"), (first!.RequestId, second!.RequestId));
        Assert.Equal(V1.SubmitManyResponse.OutcomeOneofCase.Receipt, second.OutcomeCase);
        Assert.Null(await NextAsync(batch));
    }

    [Fact]
    public async Task SubmitMany_SomeRefused_AnswersEachOnItsOwn()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Ledger("u").OnSubmit = (_, command, _) => command.RequestId switch
        {
            "stale" => throw new RefusedException(RefusalKind.Stale, "stale") { CurrentRevision = 4 },
            "broken" => throw new FormatException("secret"),
            _ => Task.FromResult(FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "u"), command)),
        };
        using var batch = host.Submissions.SubmitMany(host.Call());
        foreach (var request in new[]
        {
            Requests.Submit("u", "stale"), Requests.Submit("u", "good"), Requests.Submit("u", "broken"), Requests.Submit("a/b", "malformed"),
        })
        {
            await batch.RequestStream.WriteAsync(request);
        }

        await batch.RequestStream.CompleteAsync();
        var answers = new Dictionary<string, V1.SubmitManyResponse>();
        while (await NextAsync(batch) is { } answer)
        {
            answers.Add(answer.RequestId, answer);
        }

        Assert.Equal(4, answers.Count);
        Assert.Equal(1, answers["good"].Receipt.Revision);
        Assert.Equal(((int)StatusCode.Aborted, 4L), (answers["stale"].Error.Code, answers["stale"].Error.Refusal.CurrentRevision));
        Assert.Equal((int)StatusCode.Internal, answers["broken"].Error.Code);
        Assert.Matches("^The server failed; its log says why, under reference [0-9a-f]{12}\\.$", answers["broken"].Error.Message);
        Assert.Equal("unit", Assert.Single(answers["malformed"].Error.Refusal.Violations).Field);
        Assert.Equal(("a/b", "2014", "2017"), (answers["malformed"].Unit, answers["malformed"].Form, answers["malformed"].Period));
    }

    [Fact]
    public async Task SubmitMany_MoreThanMayBeInFlight_ReadsNoFurtherUntilOneIsAnswered()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxBatchInFlight=2");
        var gates = new Gates(host.Ledger("u"));
        using var batch = host.Submissions.SubmitMany(host.Call());
        string[] ids = ["a", "b", "c", "d", "e"];
        foreach (var id in ids)
        {
            await batch.RequestStream.WriteAsync(Requests.Submit("u", id));
        }

        await batch.RequestStream.CompleteAsync();
        await gates.EnteredAsync(2);
        Assert.Equal(["a", "b"], gates.Waiting.Order());
        gates.Open("b");
        await gates.EnteredAsync(1);
        Assert.Equal(["a", "c"], gates.Waiting.Order());
        foreach (var id in ids)
        {
            gates.Open(id);
        }

        var answered = 0;
        while (await NextAsync(batch) is not null)
        {
            answered++;
        }

        Assert.Equal(5, answered);
        Assert.Equal(2, gates.Most);
    }

    [Fact]
    public async Task SubmitMany_ClientCancels_TheGrainsAreTold()
    {
        await using var host = await GatewayHost.StartAsync();
        var gates = new Gates(host.Ledger("u"));
        using var stop = new CancellationTokenSource();
        using var batch = host.Submissions.SubmitMany(host.Call(stop.Token));
        await batch.RequestStream.WriteAsync(Requests.Submit("u", "a"));
        await gates.EnteredAsync(1);

        await stop.CancelAsync();

        await gates.Cancelled.WaitAsync(Requests.Patience);
        var ended = await Assert.ThrowsAsync<RpcException>(() => NextAsync(batch));
        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
    }

    private static async Task<V1.SubmitManyResponse?> NextAsync(
        AsyncDuplexStreamingCall<V1.SubmitRequest, V1.SubmitManyResponse> batch) =>
        await batch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience) ? batch.ResponseStream.Current : null;

    /// <summary>Holds each submission at a ledger until the test opens its gate.</summary>
    private sealed class Gates
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();
        private readonly ConcurrentDictionary<string, bool> waiting = new();
        private readonly Channel<string> entered = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource cancelled = new();
        private int most;

        public Gates(FakeLedger ledger) => ledger.OnSubmit = HoldAsync;

        public ICollection<string> Waiting => waiting.Keys;

        public int Most => most;

        public Task Cancelled => cancelled.Task;

        public void Open(string id) => Gate(id).TrySetResult();

        public async Task EnteredAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await entered.Reader.ReadAsync().AsTask().WaitAsync(Requests.Patience);
            }
        }

        private TaskCompletionSource Gate(string id) =>
            gates.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        private async Task<Receipt> HoldAsync(Caller caller, SubmitCommand command, CancellationToken cancellation)
        {
            waiting[command.RequestId] = true;
            most = Math.Max(most, waiting.Count);
            await entered.Writer.WriteAsync(command.RequestId, CancellationToken.None);
            try
            {
                await Gate(command.RequestId).Task.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult();
                throw;
            }

            waiting.TryRemove(command.RequestId, out _);
            return FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "u"), command);
        }
    }
}
