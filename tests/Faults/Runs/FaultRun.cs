using Aggregation.Faults.Checking;
using Aggregation.Faults.Databases;
using Aggregation.Faults.Injection;
using Aggregation.Faults.Load;
using Aggregation.JumpingClock;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;

namespace Aggregation.Faults.Runs;

/// <summary>
/// One run on one database: rounds of faults under load, each ending with a kill, and after each fault a check of everything.
/// The seed decides what every client asks for, which faults come in which order and after how many answers; how the threads
/// of clients and server interleave, it cannot.
/// </summary>
/// <param name="folder">For the server's data and log.</param>
/// <param name="kills">One at the end of each round.</param>
/// <param name="faultsPerRound">Others before it.</param>
/// <param name="progress">Told what happens.</param>
internal sealed class FaultRun(string folder, IDatabase database, int kills, int faultsPerRound, int seed, Action<string> progress)
{
    private const int ClientCount = 24;

    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 2, departmentsPerCity: 2, departmentsPerCounty: 1);

    private readonly Random _random = new(seed);

    public async Task<Summary> RunAsync()
    {
        var summary = new Summary(progress);
        var logbook = new Logbook(summary.Add);
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        using var clock = new ClockFile(Path.Combine(folder, "clock"));
        var settings = database.Settings.Concat(clock.Settings).ToDictionary();
        await using var server = new Server(data, Path.Combine(folder, "server.log"), settings);
        await server.StartAsync();
        var world = await World.CreateAsync(await server.Up, data, Tree);
        var clients = new Clients(server, world, logbook, ClientCount, seed);
        var check = new FullCheck(database, server, world, new Checker(logbook), summary);
        var scene = new Scene(server, clock, _random);
        var deck = new Deck<Fault>([new ServerRestarted(), new ClockJumps(), new DatabaseLocked(database), new SlowDisk(database), .. database.Faults], _random);
        for (var round = 1; round <= kills; round++)
        {
            await ChangeSettingsAsync(server, world);
            var names = new List<string>();
            for (var i = 0; i < faultsPerRound; i++)
            {
                var fault = deck.Draw();
                names.Add(fault.Name);
                await clients.RunAsync(phase => fault.InjectAsync(scene, phase));
                await clients.SettleAsync();
                await check.WhenSettledAsync();
            }

            var moment = KillMoment.Random(_random);
            await KillAsync(server, clients, moment);
            summary.Kills++;
            await server.StartAsync();
            await check.AtOnceAsync();
            Count();
            progress($"{round}/{kills} {string.Join(", ", names)}, {moment}, structures {summary.Restructurings}: {summary.Line}");
        }

        await clients.SettleAsync();
        await check.WhenSettledAsync();
        await server.StopAsync();
        Count();
        return summary;

        void Count()
        {
            summary.Receipts = logbook.Receipts.Count;
            summary.Restructurings = logbook.Changes.Values.Count(static outcome => outcome == ChangesOutcome.Applied);
        }
    }

    /// <summary>Whether what is filed from now on is accepted at once: the two layers come to differ.</summary>
    private async Task ChangeSettingsAsync(Server server, World world)
    {
        var tenant = world.Tenants[_random.Next(world.Tenants.Count)];
        var request = new ChangeSettingsRequest { Settings = new TenantSettings { AutoAccept = _random.Next(3) > 0, CheckSumsBelow = false } };
        var api = await server.Up;
        await api.Admin.ChangeSettingsAsync(request, Api.With(tenant.AdministratorKey));
    }

    private async Task KillAsync(Server server, Clients clients, KillMoment moment)
    {
        if (moment.Trigger == KillTrigger.Starting)
        {
            await server.StopAsync();
            await server.KillDuringStartAsync(moment.Events);
        }
        else
        {
            await clients.RunAsync(async phase =>
            {
                var counter = moment.Trigger == KillTrigger.Sent ? phase.Sent : phase.Received;
                await counter.FurtherAsync(moment.Events).WaitAsync(Patience.Step);
                await server.KillAsync();
            });
        }
    }
}
