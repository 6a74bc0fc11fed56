using Aggregation.Faults.Checking;
using Aggregation.Faults.Runs;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Load;

/// <summary>
/// One client. A request whose outcome it does not know it sends again with the same id until it knows; and besides, it
/// misbehaves as networks make clients do: the same request twice at once, one long answered again, an id used anew.
/// </summary>
internal sealed class Client(Server server, World world, Logbook logbook, RequestMaker maker, Random random) : ILoad
{
    private const int MostInBatch = 12;

    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(25);

    private readonly Queue<SentRequest> _unknown = new();
    private readonly List<SentRequest> _receipted = [];

    /// <inheritdoc/>
    public async Task RunAsync(Phase phase)
    {
        while (!phase.IsOver)
        {
            if (_unknown.Count > 0)
            {
                await RetryAsync(phase);
            }
            else
            {
                await StepAsync(phase);
            }
        }
    }

    /// <inheritdoc/>
    public async Task SettleAsync(Phase phase)
    {
        while (_unknown.Count > 0 && !phase.IsOver)
        {
            await RetryAsync(phase);
        }
    }

    private Task StepAsync(Phase phase) => random.Next(20) switch
    {
        < 11 => SendAsync(maker.Next(), phase),
        < 14 => TwiceAtOnceAsync(maker.NextSubmission(), phase),
        < 16 when Answered() is { } earlier => TryAsync(earlier, phase),
        < 17 when Answered() is { } earlier => ReuseAsync(earlier, phase),
        _ => ManyAsync([.. Enumerable.Range(0, random.Next(2, MostInBatch + 1)).Select(_ => maker.NextSubmission())], phase),
    };

    private Task RetryAsync(Phase phase) => SendAsync(_unknown.Dequeue(), phase);

    private async Task SendAsync(SentRequest request, Phase phase) =>
        Settle(request, await TryAsync(request, phase));

    private async Task TwiceAtOnceAsync(SentRequest request, Phase phase)
    {
        var known = await Task.WhenAll(TryAsync(request, phase), TryAsync(request, phase));
        Settle(request, known[0] || known[1]);
    }

    private async Task ReuseAsync(SentRequest answered, Phase phase)
    {
        var other = maker.WithOtherContent(answered);
        var status = await CallAsync(phase, api => other.SendAsync(api, world.Tenant(other.Ledger.Tenant)));
        if (status == StatusCode.OK)
        {
            logbook.Contradict(DiscrepancyKind.Doubled, $"request {other.Key} was applied again with other content");
        }
        else if (status is not (null or StatusCode.AlreadyExists) && !IsGone(other, status.Value))
        {
            Contradict(other.Key, status.Value);
        }
    }

    /// <summary>
    /// A unit that left the tree takes nothing more: what was filed stays in the journal and counts nowhere. A unit that never stood in
    /// the tree on the period's last day is not found.
    /// </summary>
    private bool IsGone(SentRequest request, StatusCode status)
    {
        if (status is not (StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.PermissionDenied))
        {
            return false;
        }

        logbook.Gone[request.Ledger] = status;
        return true;
    }

    /// <summary>One stream, its requests shuffled and some of them in it twice.</summary>
    private async Task ManyAsync(IReadOnlyList<SentRequest> requests, Phase phase)
    {
        var tenant = requests[0].Ledger.Tenant;
        var ours = requests.Where(request => request.Ledger.Tenant == tenant).ToDictionary(request => request.Key);
        var shuffled = ours.Values.Concat(ours.Values.Where(_ => random.Next(4) == 0)).ToArray();
        random.Shuffle(shuffled);
        var known = new HashSet<RequestKey>();
        var status = await CallAsync(phase, async api =>
        {
            using var call = api.Submissions.SubmitMany(Api.With(world.Tenant(tenant).SubmitKey));
            foreach (var request in shuffled)
            {
                await call.RequestStream.WriteAsync(request.ToSubmit());
                phase.Sent.Add();
            }

            await call.RequestStream.CompleteAsync();
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                var request = ours[new RequestKey(tenant, answer.Unit, answer.RequestId)];
                if (IsAnswered(request, answer, phase))
                {
                    known.Add(request.Key);
                }
            }
        });
        if (status is not (null or StatusCode.OK))
        {
            Contradict(requests[0].Key, status.Value);
        }

        foreach (var request in requests)
        {
            Settle(request, known.Contains(request.Key));
        }
    }

    private bool IsAnswered(SentRequest request, SubmitManyResponse answer, Phase phase)
    {
        if (answer.Receipt is { } receipt)
        {
            logbook.Receive(request, receipt);
            phase.Received.Add();
            return true;
        }

        var status = (StatusCode)answer.Error.Code;
        if (status == StatusCode.Unavailable)
        {
            phase.Unavailable.Add();
            return false;
        }

        Refused(request, status);
        return true;
    }

    private void Settle(SentRequest request, bool isKnown)
    {
        if (!isKnown)
        {
            _unknown.Enqueue(request);
        }
        else if (logbook.Receipts.ContainsKey(request.Key))
        {
            _receipted.Add(request);
        }
    }

    /// <summary>A request with a receipt, maybe long ago: whatever was filed since, a copy that comes now must get the same.</summary>
    private SentRequest? Answered() => _receipted.Count > 0 ? _receipted[random.Next(_receipted.Count)] : null;

    /// <returns>Whether the outcome is known.</returns>
    private async Task<bool> TryAsync(SentRequest request, Phase phase)
    {
        var status = await CallAsync(phase, async api =>
        {
            var receipt = await request.SendAsync(api, world.Tenant(request.Ledger.Tenant));
            logbook.Receive(request, receipt);
            phase.Received.Add();
        });
        if (status is not (null or StatusCode.OK))
        {
            Refused(request, status.Value);
        }

        return status is not null;
    }

    private void Refused(SentRequest request, StatusCode status)
    {
        if (request.IsRefusedBy(status))
        {
            logbook.Refuse(request, status);
        }
        else if (!IsGone(request, status))
        {
            Contradict(request.Key, status);
        }
    }

    private void Contradict(RequestKey key, StatusCode status) => logbook.Contradict(
        DiscrepancyKind.Wrong, $"request {key} was answered {status}; it may have a receipt, be refused, or be UNAVAILABLE");

    /// <returns>What the call ended with; null where that says nothing about what was asked for.</returns>
    private async Task<StatusCode?> CallAsync(Phase phase, Func<Api, Task> call)
    {
        var up = server.Up;
        if (await Task.WhenAny(up, phase.Over) != up)
        {
            return null;
        }

        var api = await up;
        phase.Sent.Add();
        try
        {
            await call(api);
            return StatusCode.OK;
        }
        catch (RpcException) when (server.Up != up)
        {
            return null;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
        {
            phase.Unavailable.Add();

            // A client that is told to come again does not come at once.
            await Task.WhenAny(phase.Over, Task.Delay(BackOff));
            return null;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}
