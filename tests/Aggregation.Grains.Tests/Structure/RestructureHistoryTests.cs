using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure.Changes;
using Aggregation.Grains.Tests.Histories;
using Aggregation.Storage.Journal;
using Aggregation.TestKit.Oracles;
using Aggregation.TestKit.Postgres;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>
/// Any changes of the structure, in the territory and in a line, with submissions for an earlier and a later period, lost pushes,
/// audits meanwhile, ledgers that end and silos that are stopped or killed: in the end every total of every unit, tree, scope, layer and
/// period is what plain sums over the period's tree say.
/// </summary>
public class RestructureHistoryTests(ITestOutputHelper output) : JournalTest
{
    private const int AtOnce = 8;
    private const string Form = "2014";

    private readonly Caller _caller = TestSilo.Everything("south");
    private int _applied;
    private int _filed;
    private int _kills;

    /// <summary>How many steps each history of a seed has.</summary>
    protected virtual IReadOnlyList<int> Lengths => [45, 100];

    [DatabaseTheory]
    [MemberData(nameof(Seeds.All), MemberType = typeof(Seeds))]
    public void History_RandomChangesSubmissionsAndCrashes_EveryTotalIsTheOracles(int seed)
    {
        output.WriteLine($"seed {Text(seed)}");
        foreach (var length in Lengths)
        {
            Prop.ForAll(Gen.Sized(RestructureStep.Any.ArrayOf).ToArbitrary(), steps => Task.Run(() => RunAsync(steps)).GetAwaiter().GetResult())
                .Check(Config.QuickThrowOnFailure.WithMaxTest(1).WithStartSize(length).WithEndSize(length).WithReplay((ulong)seed, 1));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_applied} lists of changes applied, {_filed} reports filed, {_kills} silos killed"));
        Assert.True(_applied > 4 * Lengths.Count && _filed > 6 * Lengths.Count, $"only {_applied} lists of changes and {_filed} reports");
        Assert.NotEqual(0, _kills);
    }

    private async Task RunAsync(RestructureStep[] steps)
    {
        using var journal = await NewJournalAsync();
        var history = new RestructureHistory();
        await using var silos = await SiloLives.StartAsync(journal);
        var first = await silos.Up;
        await first.CreateTenantAsync("south", RestructureUnits.Territory);
        await first.Tenant("south").ImportUnits(_caller, new ImportUnitsCommand { Tree = RestructureUnits.LineName, Csv = RestructureUnits.Line });
        for (var n = 0; n < steps.Length; n += AtOnce)
        {
            var wave = steps.Skip(n).Take(AtOnce).ToArray();
            var number = n;
            var done = wave.DistinctBy(step => step.Kind == StepKind.Restructure ? "" : step.Unit)
                .Select((step, place) => StepAsync(silos, history, step, $"{Text(number)}.{Text(place)}")).ToList();
            var isHalfWay = n == steps.Length / 2 / AtOnce * AtOnce;
            if (isHalfWay || wave.Any(step => step.Kind == StepKind.KillSilo))
            {
                // In the middle of the others; once at least, whatever is drawn.
                await silos.KillAsync();
                _kills++;
            }

            await Task.WhenAll(done);
            if (wave.Any(step => step.Kind == StepKind.EndSilo))
            {
                await silos.RestartAsync();
            }
        }

        await RequireOracleAsync(silos, history);
    }

    private async Task StepAsync(SiloLives silos, RestructureHistory history, RestructureStep step, string name)
    {
        var key = Key(step.Unit, step.Period);
        switch (step.Kind)
        {
            case StepKind.Submit:
                var command = RandomReports.Command(new Random(step.Seed), name);
                var filed = await TryAsync(silos, silo => silo.Ledger(key).Submit(_caller, command, CancellationToken.None));
                if ((filed ?? await FindAsync(silos, key, name)) is { } receipt)
                {
                    history.Acknowledged.Submitted(receipt, command);
                    history.Receipts[(step.Unit, step.Period)] = receipt;
                    Interlocked.Increment(ref _filed);
                }

                break;
            case StepKind.Withdraw when history.Acknowledged.Counts(key):
                var withdrawal = new WithdrawCommand { RequestId = name, Reason = "mistaken" };
                var taken = await TryAsync(silos, silo => silo.Ledger(key).Withdraw(_caller, withdrawal, CancellationToken.None));
                if ((taken ?? await FindAsync(silos, key, name)) is { } withdrawn)
                {
                    history.Acknowledged.Withdrawn(key);
                    history.Receipts[(step.Unit, step.Period)] = withdrawn;
                }

                break;
            case StepKind.Restructure:
                await RestructureAsync(silos, history, step);
                break;
            case StepKind.LosePush:
                (await silos.Up).Gate.Fail(nameof(IRollupGrain.Push), key);
                break;
            case StepKind.EndLedger:
                await (await silos.Up).Gate.DeactivateAsync(key);
                break;
            case StepKind.Audit:
                var found = await TryAsync(silos, silo => silo.Audit(new AuditKey("south", Form, step.Period)).Audit(CancellationToken.None));
                Assert.True(found.IsDefaultOrEmpty, "An audit found what differs where figures were only on their way.");
                break;
        }
    }

    private async Task RestructureAsync(SiloLives silos, RestructureHistory history, RestructureStep step)
    {
        // Most changes made at random break a rule: the first of some that does not is taken.
        var random = new Random(step.Seed);
        for (var tries = 0; tries < 40; tries++)
        {
            var change = step.ToChange();
            var result = history.Structure.Restructure(
            [
                new ChangeRow(
                    1, change.Change, change.Tree, change.From, change.Unit, change.Parent, change.Into, change.Name, change.Kind, "", change.Children),
            ]);
            if (result.Structure is { } next)
            {
                var command = new RestructureCommand { Changes = [change], StructureVersion = history.Structure.Version, AcceptLoss = true };
                var applied = await TryAsync(silos, silo => silo.Tenant("south").ApplyRestructuring(_caller, command), isRequired: true);
                history.Structure = next;
                history.Trees.Restructure([ToLine(change)]);
                Assert.Equal(applied!.StructureVersion, next.Version);
                Interlocked.Increment(ref _applied);
                return;
            }

            step = step with { Unit = Any(), Other = Any(), Child = Any() };
        }

        static ChangeLine ToLine(StructureChange change) => new(change.Change, change.Tree, change.From, change.Unit)
        {
            Parent = change.Parent, Into = change.Into, Name = change.Name, Kind = change.Kind, Children = change.Children,
        };

        string Any() => RestructureUnits.Codes[random.Next(RestructureUnits.Codes.Length)];
    }

    private async Task RequireOracleAsync(SiloLives silos, RestructureHistory history)
    {
        var oracle = await history.Acknowledged.ToOracleAsync((await silos.Up).Services.GetRequiredService<IJournal>());
        foreach (var period in RestructureStep.Periods)
        {
            foreach (var tree in history.Trees.Names)
            {
                var view = history.Trees.At(tree, new DateOnly(int.Parse(period, CultureInfo.InvariantCulture), 12, 31));
                await AwaitAsync(silos, history, period, tree, view);
                foreach (var unit in view.All)
                {
                    await RequireOracleAsync(silos, history.Trees.Version, Key(unit.Code, period), tree, view, oracle);
                }
            }

            Assert.Empty(await (await silos.Up).Audit(new AuditKey("south", Form, period)).Audit(CancellationToken.None));
        }
    }

    /// <summary>Somebody who may read all of a tree: not every unit of a line stands in the territory.</summary>
    private Caller Reader(string tree) => _caller with { Read = new Subtree(tree, Subtree.Everything) };

    /// <summary>Every revision of the period is at the tree's roots.</summary>
    private async Task AwaitAsync(SiloLives silos, RestructureHistory history, string period, string tree, PeriodTree view)
    {
        foreach (var receipt in history.Receipts.Values.Where(receipt =>
            receipt.Ledger.Period == period && view.Has(receipt.Ledger.Unit)))
        {
            var root = view.Roots.Single(root => view.Region(root).Contains(receipt.Ledger.Unit));
            var query = new AwaitQuery { Revision = receipt.Revision, AtUnit = root, Tree = tree };
            await TryAsync(silos, silo => silo.Ledger(receipt.Ledger).Await(Reader(tree), query, CancellationToken.None), isRequired: true);
        }
    }

    private async Task RequireOracleAsync(SiloLives silos, long structure, LedgerKey key, string tree, PeriodTree view, Oracle oracle)
    {
        await TryAsync(silos, silo => silo.Rollup(key).PullAt(tree, structure), isRequired: true);
        foreach (var scope in Enum.GetValues<Scope>())
        {
            foreach (var layer in Enum.GetValues<Layer>())
            {
                var query = new TotalQuery { Tree = tree, Scope = scope, Layer = layer };
                var held = (await TryAsync(silos, silo => silo.Ledger(key).GetTotal(Reader(tree), query), isRequired: true))!;
                OracleChecks.RequireSame(RandomReports.Form, key, oracle.Total(view, key, scope, layer), held);
            }
        }
    }

    /// <summary>
    /// As a client does: what is not available now is asked for again, of the next silo when this one has been killed. Null where
    /// the unit is not in the tree, or a rule forbids the change.
    /// </summary>
    private static async Task<T?> TryAsync<T>(SiloLives silos, Func<TestSilo, Task<T>> call, bool isRequired = false)
    {
        for (var tries = 0; ; tries++)
        {
            var up = silos.Up;
            try
            {
                return await call(await up);
            }
            catch (Exception) when (silos.Up != up)
            {
                // Whatever a silo says that is being killed.
            }
            catch (Exception exception) when (tries < 1_000
                && exception is RefusedException { Kind: RefusalKind.Unavailable } or CallGateException)
            {
                // Asked again.
            }
            catch (RefusedException refusal) when (!isRequired
                && refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden or RefusalKind.Invalid or RefusalKind.FailedPrecondition)
            {
                return default;
            }
        }
    }

    /// <summary>A request may have been taken by a silo that was killed, for a unit that has left the territory since.</summary>
    private static Task<Receipt?> FindAsync(SiloLives silos, LedgerKey key, string requestId) => TryAsync(silos, async silo =>
    {
        var journal = silo.Services.GetRequiredService<IJournal>();
        return await journal.FindRequestAsync(key.Tenant, key.Unit, requestId, CancellationToken.None) is { } entry
            ? EntryCodec.ReadReceipt(key, entry)
            : null;
    });

    private static LedgerKey Key(string unit, string period) => new("south", Form, period, unit);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
