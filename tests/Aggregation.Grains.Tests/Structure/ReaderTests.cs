using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>
/// Readers look at every ancestor all the while that units are moved about below and file again and again. Each unit fills a
/// cell of its own with the number of its revision: the cell's count at an ancestor tells how often the unit is in there, and
/// its amount by which revision.
/// </summary>
public sealed class ReaderTests
{
    private const string Form = "2014";
    private const string Period = "2017";
    private const string Root = "360000";
    private const int Cities = 2;
    private const int CountiesPerCity = 3;
    private const int DepartmentsPerCounty = 2;
    private const int Moves = 1_500;
    private const int Callers = 4;
    private const int SubmissionsPerCaller = 600;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string[] CityCodes = [.. Enumerable.Range(1, Cities).Select(n => $"36{n:D2}00")];
    private static readonly string[] Counties = [.. CityCodes.SelectMany(city => Enumerable.Range(1, CountiesPerCity).Select(n => $"{city[..4]}{n:D2}"))];
    private static readonly string[] Departments =
        [.. Counties.SelectMany(county => Enumerable.Range(1, DepartmentsPerCounty).Select(n => $"{county}-D{n}"))];

    // Cells of the form that no check ties to another.
    private static readonly string[] Cells = ["2.1", "2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.2.5", "6", "8.1", "8.2", "9.1", "9.2", "9.3"];

    private readonly Caller _caller = TestSilo.Everything("south");
    private readonly long[] _filed = new long[Departments.Length];
    private readonly ConcurrentDictionary<int, long> _looks = new();

    [Fact]
    public async Task Readers_WhileThousandsOfMovesAndSubmissionsRace_SeeEveryBranchOnceAndNoneGoesBack()
    {
        using var folder = new TempFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path);
        await silo.CreateTenantAsync("south", Units());
        await Task.WhenAll(Departments.Select((_, department) => SubmitAsync(silo, department)));
        await SettleAsync(silo);

        using var stop = new CancellationTokenSource();
        List<Task> readers =
        [
            ReadRootAsync(silo, 0, stop.Token), ReadRootAsync(silo, 1, stop.Token),
            .. CityCodes.Select((city, n) => ReadCityAsync(silo, city, n + 2, stop.Token)),
        ];
        var writers = Enumerable.Range(0, Callers).Select(caller => FileAsync(silo, caller)).Append(MoveAsync(silo)).ToList();
        await Task.WhenAll(writers).WaitAsync(Patience);
        await stop.CancelAsync();
        await Task.WhenAll(readers).WaitAsync(Patience);

        await SettleAsync(silo);
        var total = await TotalAsync(silo, Root);
        Assert.Equal(_filed.Select((revision, department) => (Cells[department], revision, 1)).Order(), total.Order());
        Assert.All(_looks.Values, looks => Assert.True(looks > 100, $"a reader looked only {looks} times"));
        Assert.Empty(await silo.Audit(new AuditKey("south", Form, Period)).Audit(CancellationToken.None));
    }

    private static LedgerKey Key(string unit) => new("south", Form, Period, unit);

    /// <summary>Whoever is in a city's total is there once, by a revision that was filed.</summary>
    private async Task ReadCityAsync(TestSilo silo, string city, int reader, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var (cell, revision, count) in await TotalAsync(silo, city))
            {
                Assert.Equal((city, cell, 1), (city, cell, count));
                Assert.InRange(revision, 1, Filed(cell) + 1);
            }

            await LookedAsync(reader);
        }
    }

    /// <summary>Everybody is in the root's total once, and by no earlier revision than at the last look; so in its parts.</summary>
    private async Task ReadRootAsync(TestSilo silo, int reader, CancellationToken stop)
    {
        var least = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!stop.IsCancellationRequested)
        {
            var view = await PersistAsync(() => silo.Ledger(Key(Root)).Children(_caller, new TotalQuery()));
            var total = Figures(view.Total.Cells);
            Assert.Equal(Cells.Order(StringComparer.Ordinal), total.Select(cell => cell.Cell).Order(StringComparer.Ordinal));
            foreach (var (cell, revision, count) in total)
            {
                Assert.Equal((cell, 1), (cell, count));
                Assert.InRange(revision, least.GetValueOrDefault(cell), Filed(cell) + 1);
                least[cell] = revision;
            }

            Assert.Equal(total.Order(), view.Parts.SelectMany(part => Figures(part.Cells)).Order());
            await LookedAsync(reader);
        }
    }

    /// <summary>
    /// A reader rests for a moment after each look. A call within the process and its answer stay on one thread's own queue, which
    /// .NET's pool empties before it takes other work: four readers without rest kept a machine of one processor from writing at all.
    /// </summary>
    private async Task LookedAsync(int reader)
    {
        _looks.AddOrUpdate(reader, 1, static (_, looks) => looks + 1);
        await Task.Delay(TimeSpan.FromMilliseconds(1));
    }

    private long Filed(string cell) => Volatile.Read(ref _filed[Array.IndexOf(Cells, cell)]);

    private async Task FileAsync(TestSilo silo, int caller)
    {
        var random = new Random(caller);
        var own = Enumerable.Range(0, Departments.Length).Where(department => department % Callers == caller).ToArray();
        for (var n = 0; n < SubmissionsPerCaller; n++)
        {
            await SubmitAsync(silo, own[random.Next(own.Length)]);
        }
    }

    private async Task MoveAsync(TestSilo silo)
    {
        var random = new Random(7);
        var tenant = silo.Tenant("south");
        for (var move = 1; move <= Moves; move++)
        {
            // Mostly a department, now and then a whole county with all that is below it; sometimes several at once.
            var changes = Enumerable.Range(1, random.Next(1, 4)).Select(line => random.Next(5) == 0
                ? Change(line, Counties[random.Next(Counties.Length)], CityCodes[random.Next(Cities)])
                : Change(line, Departments[random.Next(Departments.Length)], Counties[random.Next(Counties.Length)]));
            await tenant.ApplyRestructuring(_caller, new RestructureCommand { StructureVersion = move, AcceptLoss = true, Changes = [.. changes] });
        }

        static StructureChange Change(int line, string unit, string parent) =>
            new() { Line = line, Change = "move", From = "2017-01-01", Unit = unit, Parent = parent };
    }

    private async Task SubmitAsync(TestSilo silo, int department)
    {
        var revision = _filed[department] + 1;
        await PersistAsync(() => silo.Ledger(Key(Departments[department])).Submit(
            _caller, TestSilo.Command($"r{revision}", (Cells[department], revision)), CancellationToken.None));
        Volatile.Write(ref _filed[department], revision);
    }

    private async Task<List<(string Cell, long Revision, int Count)>> TotalAsync(TestSilo silo, string unit)
    {
        var total = await PersistAsync(() => silo.Ledger(Key(unit)).GetTotal(_caller, new TotalQuery()));
        return Figures(total.Cells);
    }

    private static List<(string Cell, long Revision, int Count)> Figures(IEnumerable<CellTotal> cells) =>
        [.. cells.Select(cell => (cell.Cell, cell.Amount.Units, cell.Count))];

    /// <summary>Every department's last revision is at the root.</summary>
    private async Task SettleAsync(TestSilo silo)
    {
        foreach (var (unit, department) in Departments.Select((unit, department) => (unit, department)))
        {
            await PersistAsync(() => silo.Ledger(Key(unit)).Await(
                _caller, new AwaitQuery { Revision = _filed[department], AtUnit = Root }, CancellationToken.None));
        }
    }

    /// <summary>As a client does: what is not available now is asked for again under the same request id.</summary>
    private static async Task<T> PersistAsync<T>(Func<Task<T>> call)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Unavailable && tries < 1_000)
            {
                // Asked again.
            }
        }
    }

    private static string Units() => string.Join('\n',
    [
        "code,name,kind,level,parent,from,to", "360000,Province,government,province,,,",
        .. CityCodes.Select(city => $"{city},City,government,city,360000,,"),
        .. Counties.Select(county => $"{county},County,government,county,{county[..4]}00,,"),
        .. Departments.Select(department => $"{department},Department,department,,{department[..6]},,"),
    ]);
}
