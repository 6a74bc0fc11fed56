using System.Collections.Concurrent;
using System.Globalization;
using Aggregation.EndToEnd.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Crashes;

/// <summary>
/// Many clients at once, each with one request at a time, on units that they share. A request whose outcome is unknown is
/// sent again with the same id, to the same server or to the next one, until its outcome is known.
/// </summary>
internal sealed class Load(TestTenant tenant, UnitTree tree, int clients, int seed)
{
    private readonly LoadRequest?[] _unknown = new LoadRequest?[clients];
    private readonly Random[] _random = [.. Enumerable.Range(0, clients).Select(client => new Random((seed * 1000) + client))];
    private int _made;
    private int _resent;

    /// <summary>Every request ever sent, by its id.</summary>
    public ConcurrentDictionary<string, LoadRequest> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>Every receipt handed out, by its request's id.</summary>
    public ConcurrentDictionary<string, Receipt> Receipts { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that were refused for sure.</summary>
    public ConcurrentDictionary<string, StatusCode> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests sent again to another server because a kill left their outcome unknown.</summary>
    public int Resent => _resent;

    /// <summary>Loads a server, ends it in the middle after so many receipts, and waits until every client has noticed.</summary>
    public async Task RunUntilKilledAsync(Api api, int receipts, Func<Task> kill)
    {
        var round = new Round(receipts);
        var running = Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(client, api, round, int.MaxValue))).ToList();

        // A client that ends now has met what it must not.
        if (await Task.WhenAny([round.Enough, .. running]).WaitAsync(Patience.Step) != round.Enough)
        {
            await Task.WhenAny(running).Unwrap();
        }

        round.IsOver = true;
        await kill();
        await Task.WhenAll(running).WaitAsync(Patience.Step);
    }

    /// <summary>Has every client settle what it does not know and then send some more; nothing is left unknown.</summary>
    public async Task SettleAsync(Api api, int requestsPerClient)
    {
        var round = new Round(int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(client, api, round, requestsPerClient))))
            .WaitAsync(Patience.Step);
    }

    private async Task RunAsync(int client, Api api, Round round, int requests)
    {
        if (_unknown[client] is not null)
        {
            Interlocked.Increment(ref _resent);
        }

        for (var done = 0; done < requests;)
        {
            var request = _unknown[client] ??= Next(_random[client]);
            try
            {
                var receipt = await request.SendAsync(api, tenant.SubmitKey);
                Assert.True(Receipts.TryAdd(request.Id, receipt));
                round.Received();
            }
            catch (RpcException refusal) when (request.IsRefusedBy(refusal.StatusCode))
            {
                Assert.True(Refused.TryAdd(request.Id, refusal.StatusCode));
            }
            catch (RpcException) when (round.IsOver)
            {
                return;
            }
            catch (RpcException unavailable) when (unavailable.StatusCode == StatusCode.Unavailable)
            {
                // The server says that it may be sent again.
                continue;
            }

            _unknown[client] = null;
            done++;
        }
    }

    private LoadRequest Next(Random random)
    {
        var unit = tree.All[random.Next(tree.All.Count)].Code;
        var id = string.Create(CultureInfo.InvariantCulture, $"load-{Interlocked.Increment(ref _made)}");
        var cells = random.Next(10) switch
        {
            0 or 1 => null,
            2 => new Dictionary<string, long>(),
            _ => Figures.Random(random),
        };
        var request = new LoadRequest(unit, id, cells);
        Assert.True(Sent.TryAdd(id, request));
        return request;
    }

    private sealed class Round(int receipts)
    {
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isOver;
        private int _left = receipts;

        public Task Enough => _enough.Task;

        /// <summary>The server is about to be killed: from now on a failed call says nothing about its request.</summary>
        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }

        public void Received()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _enough.SetResult();
            }
        }
    }
}
