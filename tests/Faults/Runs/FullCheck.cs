using Aggregation.Faults.Checking;
using Aggregation.Faults.Databases;
using Aggregation.ServerKit.Clients;
using Aggregation.TestKit.Oracles;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Runs;

/// <summary>Checks everything that a server at rest holds and answers. Touches no ledger before it reads that ledger's total.</summary>
internal sealed class FullCheck(IDatabase database, Server server, World world, Checker checker, Summary summary)
{
    private static readonly string[] Trees = [TenantTrees.Territory, World.Line];

    /// <summary>A server that has just started must answer with everything that the journal holds, from the first answer.</summary>
    public async Task AtOnceAsync()
    {
        var journal = await ReadJournalAsync();
        await CheckAsync(journal, new Recount(journal.Entries), mayFollow: false);
    }

    /// <summary>
    /// As a server that ran on may still be passing the last figures up, the check waits until the roots hold them; and as it may
    /// still be following the last structure, a total of an earlier one is asked for again.
    /// </summary>
    /// <returns>All totals.</returns>
    public async Task<IReadOnlyList<TotalsReading>> WhenSettledAsync()
    {
        var journal = await ReadJournalAsync();
        var recount = new Recount(journal.Entries);
        var roots =
            from tenant in world.Tenants
            from period in World.Periods
            from tree in Trees
            from root in recount.Tree(tenant.Name, tree, period).Roots
            from layer in Totals.Layers
            select AwaitRootAsync(
                tenant,
                new TotalSelector { Unit = root, Form = Figures.Form, Period = period, Scope = Scope.Region, Layer = layer, Tree = tree },
                recount.Digest(tenant.Name, tree, period, root, Scope.Region, layer));
        await Task.WhenAll(roots);
        return await CheckAsync(journal, recount, mayFollow: true);
    }

    private async Task AwaitRootAsync(TestTenant tenant, TotalSelector root, string digest)
    {
        var api = await server.Up;
        using var watch = api.Rollups.Watch(new WatchRequest { Total = root }, Api.With(tenant.ReadKey));
        try
        {
            while (await watch.ResponseStream.MoveNext() && watch.ResponseStream.Current.Digest != digest)
            {
            }
        }
        catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded)
        {
            summary.Add(new Discrepancy(DiscrepancyKind.Wrong, $"{tenant.Name} {root}: the root does not come to hold {digest} within {Patience.Step}"));
        }
    }

    private async Task<IReadOnlyList<TotalsReading>> CheckAsync(JournalReading journal, Recount recount, bool mayFollow)
    {
        using var patience = new CancellationTokenSource(Patience.Step);
        var api = await server.Up;
        var readings = new List<TotalsReading>();
        foreach (var tenant in world.Tenants)
        {
            var version = mayFollow ? recount.Structure(tenant.Name).Version : 0;
            foreach (var (period, tree) in World.Periods.SelectMany(static period => Trees.Select(tree => (period, tree))))
            {
                IReadOnlyList<string> units = [.. recount.Tree(tenant.Name, tree, period).All.Select(static unit => unit.Code)];
                var lines = await Totals.ReadAsync(api, tenant.ReadKey, tree, units, Figures.Form, period, version, patience.Token);
                readings.Add(new TotalsReading(tenant.Name, tree, period, lines));
                summary.TotalsChecked += lines.Count;
            }
        }

        foreach (var discrepancy in checker.Check(journal, readings))
        {
            summary.Add(discrepancy);
        }

        return readings;
    }

    private async Task<JournalReading> ReadJournalAsync()
    {
        await using var connection = await database.OpenAsync();
        return await JournalReading.ReadAsync(connection, database.BeginReading);
    }
}
