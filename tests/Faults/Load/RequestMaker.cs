using System.Globalization;
using Aggregation.ServerKit.Clients;

namespace Aggregation.Faults.Load;

/// <summary>
/// Makes one client's requests from its random numbers alone, except that an expected revision is one it has seen, and a unit
/// one that stood in the period's territory when the tenant's structure last became known.
/// </summary>
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
    /// Two requests in a row have the same id, for the same unit code of two tenants if both have it: an id counts within its
    /// tenant and unit.
    /// </summary>
    private SentRequest Sent(Func<LedgerName, SentRequest> make)
    {
        var period = World.Periods[random.Next(World.Periods.Count)];
        var tenant = _made % 2 == 1
            ? World.TenantNames.First(name => name != _last.Tenant)
            : World.TenantNames[random.Next(World.TenantNames.Count)];
        var units = world.Units(tenant, period);
        var any = units[random.Next(units.Count)];
        _last = new LedgerName(tenant, period, _made % 2 == 1 && units.Contains(_last.Unit) ? _last.Unit : any);
        var request = make(_last);
        _made++;
        logbook.Send(request);
        return request;
    }

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"client{client}-{_made / 2}");
}
