using Aggregation.Faults.Runs;

namespace Aggregation.Faults.Load;

/// <summary>
/// Many clients at once, each with a request or two at a time, on ledgers that they share; and for each tenant one who changes
/// its structure meanwhile.
/// </summary>
internal sealed class Clients
{
    private readonly IReadOnlyList<ILoad> _clients;

    public Clients(Server server, World world, Logbook logbook, int count, int seed) => _clients =
    [
        .. world.Tenants.Select((tenant, number) =>
            new StructureChanger(server, world, tenant, logbook, new Random(unchecked((seed * 1000) - 1 - number)))),
        .. Enumerable.Range(0, count).Select(number =>
        {
            var random = new Random(unchecked((seed * 1000) + number));
            return new Client(server, world, logbook, new RequestMaker(world, logbook, number, random), random);
        }),
    ];

    /// <summary>Loads the server for as long as something is done to it, and waits until every client has noticed.</summary>
    public async Task RunAsync(Func<Phase, Task> meanwhile)
    {
        var phase = new Phase();
        var running = _clients.Select(client => Task.Run(() => client.RunAsync(phase))).ToList();
        var fault = meanwhile(phase);
        try
        {
            // A client that ends before the phase does has met what it must not.
            var first = await Task.WhenAny([fault, .. running]).WaitAsync(Patience.Step);
            if (first != fault && !fault.IsCompleted)
            {
                await first;
            }

            await fault;
        }
        finally
        {
            phase.End();
        }

        await Task.WhenAll(running).WaitAsync(Patience.Step);
    }

    /// <summary>Has every client learn the outcomes that it does not know.</summary>
    public async Task SettleAsync()
    {
        var phase = new Phase();
        try
        {
            await Task.WhenAll(_clients.Select(client => Task.Run(() => client.SettleAsync(phase)))).WaitAsync(Patience.Step);
        }
        finally
        {
            phase.End();
        }
    }
}
