using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Tests.Fakes;

namespace Aggregation.Gateway.Tests.Persons;

/// <summary>From where a call is, as the grains are told: a number, got once for each key and address.</summary>
public sealed class OriginTests
{
    private const string Proxied = "Endpoints:TrustedProxies:0=127.0.0.1";

    [Fact]
    public async Task Submit_ManyFromOneAddress_CarryItsNumberAndAskOnce()
    {
        await using var host = await GatewayHost.StartAsync();
        var origins = Origins(host);

        await SubmitAsync(host, null);
        await SubmitAsync(host, null);

        Assert.Equal([1, 1], origins);
        Assert.Equal(["127.0.0.1"], Persons(host).Addresses);
        Assert.Equal(1, host.Tenant.Keys.Asked);
    }

    [Fact]
    public async Task Submit_WithAForwardedAddressAndNoTrustedProxy_IsFromTheConnection()
    {
        await using var host = await GatewayHost.StartAsync();
        var origins = Origins(host);

        await SubmitAsync(host, "203.0.113.9");

        Assert.Equal([1], origins);
        Assert.Equal(["127.0.0.1"], Persons(host).Addresses);
    }

    [Fact]
    public async Task Submit_ThroughATrustedProxy_IsFromTheLastAddressThatIsNotTrusted()
    {
        await using var host = await GatewayHost.StartAsync(Proxied, "Endpoints:TrustedProxies:1=10.0.0.5");
        var origins = Origins(host);

        await SubmitAsync(host, "203.0.113.9");
        await SubmitAsync(host, "198.51.100.1, 203.0.113.9, 10.0.0.5");
        await SubmitAsync(host, "::ffff:203.0.113.9");
        await SubmitAsync(host, "2001:DB8:0:0::1");
        await SubmitAsync(host, null);

        Assert.Equal([1, 1, 1, 2, 3], origins);
        Assert.Equal(["203.0.113.9", "2001:db8::1", "127.0.0.1"], Persons(host).Addresses);
    }

    [Fact]
    public async Task Start_ProxyThatIsNoAddress_IsRefusedByName()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => GatewayHost.StartAsync("Endpoints:TrustedProxies:0=proxy.example"));

        Assert.Contains("Endpoints:TrustedProxies is 'proxy.example'; it must be an IP address", fault.Message, StringComparison.Ordinal);
    }

    private static List<long> Origins(GatewayHost host)
    {
        var origins = new List<long>();
        host.Ledger("411300-G01").OnSubmit = (caller, command, _) =>
        {
            origins.Add(caller.Origin);
            return Task.FromResult(FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "411300-G01"), command));
        };
        return origins;
    }

    private static FakePersons Persons(GatewayHost host) => host.Grains.Persons(TenantKeys.PersonsOf(GatewayHost.TenantName));

    private static async Task SubmitAsync(GatewayHost host, string? forwarded)
    {
        var headers = GatewayHost.Bearer(host.Key);
        if (forwarded is not null)
        {
            headers.Add("x-forwarded-for", forwarded);
        }

        await host.Submissions.SubmitAsync(Requests.Submit(), headers);
    }
}
