using Aggregation.Faults.Checking;
using Aggregation.Faults.Databases;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Runs;

/// <summary>Checks everything that a server at rest holds and answers. Touches no ledger before it reads that ledger's total.</summary>
internal sealed class FullCheck(IDatabase database, Server server, World world, Checker checker, Summary summary)
{
    /// <summary>A server that has just started must answer with everything that the journal holds, from the first answer.</summary>
    public async Task AtOnceAsync() => await CheckAsync(await ReadJournalAsync());

    /// <summary>As a server that ran on may still be passing the last figures up, the check waits until the roots hold them.</summary>
    /// <returns>All totals.</returns>
    public async Task<IReadOnlyList<TotalsReading>> WhenSettledAsync()
    {
        var journal = await ReadJournalAsync();
        var recount = new Recount(world.Tree, journal.Entries);
        foreach (var tenant in world.Tenants)
        {
            foreach (var period in World.Periods)
            {
                foreach (var layer in Totals.Layers)
                {
                    await AwaitRootAsync(tenant, period, layer, recount.Digest(tenant.Name, period, UnitTree.Root, Scope.Region, layer));
                }
            }
        }

        return await CheckAsync(journal);
    }

    private async Task AwaitRootAsync(TestTenant tenant, string period, Layer layer, string digest)
    {
        var root = new TotalSelector { Unit = UnitTree.Root, Form = Figures.Form, Period = period, Scope = Scope.Region, Layer = layer };
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
            summary.Add(new Discrepancy(DiscrepancyKind.Wrong, $"{tenant.Name} {period}: the root does not come to hold {digest} ({layer}) within {Patience.Step}"));
        }
    }

    private async Task<IReadOnlyList<TotalsReading>> CheckAsync(JournalReading journal)
    {
        using var patience = new CancellationTokenSource(Patience.Step);
        var api = await server.Up;
        var readings = new List<TotalsReading>();
        foreach (var tenant in world.Tenants)
        {
            foreach (var period in World.Periods)
            {
                var lines = await Totals.ReadAsync(api, tenant.ReadKey, world.Tree, Figures.Form, period, patience.Token);
                readings.Add(new TotalsReading(tenant.Name, period, lines));
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
