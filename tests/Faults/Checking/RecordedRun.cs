using System.Collections.Concurrent;
using Aggregation.Faults.Databases;
using Aggregation.Faults.Load;
using Aggregation.Faults.Runs;
using Aggregation.ServerKit.Clients;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Faults.Checking;

/// <summary>A short run without faults: what the clients know, the totals that the server answered, and its journal.</summary>
public sealed class RecordedRun : IAsyncLifetime
{
    private const int Receipts = 400;
    private const int Seed = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("aggregation-checker-").FullName;

    /// <summary>A tenant's unit that was moved last, for both periods, and whom it was under before and after.</summary>
    internal (string Tenant, string Unit, string Before, string After) Moved { get; private set; }

    private static UnitTree Tree { get; } = new(cities: 2, countiesPerCity: 1, departmentsPerCity: 1, departmentsPerCounty: 1);

    internal ConcurrentQueue<Discrepancy> Contradictions { get; } = new();

    internal Logbook Logbook { get; }

    internal IReadOnlyList<TotalsReading> Totals { get; private set; } = [];

    internal JournalReading Journal { get; private set; } = new([], []);

    public RecordedRun() => Logbook = new Logbook(Contradictions.Enqueue);

    public async Task InitializeAsync()
    {
        await using var database = new SqliteDatabase(_folder);
        await using (var server = new Server(_folder, Path.Combine(_folder, "server.log"), database.Settings))
        {
            await server.StartAsync();
            var world = await World.CreateAsync(await server.Up, _folder, Tree);
            var clients = new Load.Clients(server, world, Logbook, count: 8, Seed);
            await clients.RunAsync(static phase => phase.Received.FurtherAsync(Receipts));
            await clients.SettleAsync();
            await MoveAsync(await server.Up, world);
            var check = new FullCheck(database, server, world, new Checker(Logbook), new Summary(static _ => { }));
            Totals = await check.WhenSettledAsync();
            await server.StopAsync();
        }

        Journal = await ReadAsync(_folder);
    }

    /// <summary>One move more, so that it is known what the last one was.</summary>
    private async Task MoveAsync(Api api, World world)
    {
        const string from = "2017-07-01";
        var tenant = world.Tenants[0];
        var structure = world.Structure(tenant.Name);
        var day = new DateOnly(2017, 7, 1);
        var units = structure.At(TenantTrees.Territory, day).All
            .Where(unit => unit.Parent.Length > 0 && structure.Last(TenantTrees.Territory, unit.Code) is { To: null } last && !(last.From > day))
            .ToList();
        var unit = units.First(static unit => !unit.IsGovernment);
        var after = units.First(other => other.IsGovernment && other.Code != unit.Parent);
        var changes = new SentChanges(tenant.Name, structure.Version,
            [new ChangeLine("move", TenantTrees.Territory, from, unit.Code) { Parent = after.Code }]);
        await api.Admin.ApplyRestructuringAsync(changes.ToRequest(), Api.With(tenant.AdministratorKey));
        Logbook.Changes[changes] = ChangesOutcome.Applied;
        Moved = (tenant.Name, unit.Code, unit.Parent, after.Code);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The journal after somebody has changed a copy of its file.</summary>
    /// <param name="statement">SQL.</param>
    internal async Task<JournalReading> AfterAsync(string statement)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in Directory.GetFiles(_folder, "journal.db*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        await using (var connection = await new SqliteDatabase(copy).OpenAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            Assert.True(await command.ExecuteNonQueryAsync() > 0, "The statement changed nothing.");
        }

        return await ReadAsync(copy);
    }

    private static async Task<JournalReading> ReadAsync(string folder)
    {
        await using var database = new SqliteDatabase(folder);
        await using var connection = await database.OpenAsync();
        return await JournalReading.ReadAsync(connection, database.BeginReading);
    }
}
