using System.Globalization;
using Aggregation.ServerKit.Clients;

namespace Aggregation.Faults.Load;

/// <summary>Makes one client's requests from its random numbers alone, except that an expected revision is one it has seen.</summary>
internal sealed class RequestMaker(World world, Logbook logbook, int client, Random random)
{
    private int _made;
    private LedgerName _last;

    /// <summary>Any request.</summary>
    public SentRequest Next() => random.Next(6) == 0 ? Sent(ledger => new SentRequest(ledger, Id(), null, null)) : NextSubmission();

    /// <summary>Any request but a withdrawal.</summary>
    public SentRequest NextSubmission()
    {
        var isNil = random.Next(8) == 0;
        var cells = isNil ? new Dictionary<string, long>() : Figures.Random(random);
        var expects = random.Next(8) == 0;
        return Sent(ledger => new SentRequest(ledger, Id(), cells, expects ? logbook.SeenRevision(ledger) : null));
    }

    /// <summary>A request that takes the id of another.</summary>
    public SentRequest WithOtherContent(SentRequest request) => request with
    {
        Cells = new Dictionary<string, long> { ["4.1"] = 100_000 + random.Next(1000) },
        ExpectedRevision = null,
    };

    /// <summary>
    /// Two requests in a row have the same id, for the same unit code of two tenants: an id counts within its tenant and unit.
    /// </summary>
    private SentRequest Sent(Func<LedgerName, SentRequest> make)
    {
        var unit = world.Tree.All[random.Next(world.Tree.All.Count)].Code;
        var period = World.Periods[random.Next(World.Periods.Count)];
        _last = _made % 2 == 1
            ? _last with { Tenant = World.TenantNames.First(name => name != _last.Tenant), Period = period }
            : new LedgerName(World.TenantNames[random.Next(World.TenantNames.Count)], period, unit);
        var request = make(_last);
        _made++;
        logbook.Send(request);
        return request;
    }

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"client{client}-{_made / 2}");
}
