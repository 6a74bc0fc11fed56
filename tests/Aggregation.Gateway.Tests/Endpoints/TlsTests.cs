using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Tests.Endpoints;

/// <summary>On one set of certificates: to make their keys takes longer than all that is tested with them.</summary>
public sealed class TlsTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    [Fact]
    public async Task OnePort_Http2AndHttp1_AreServedAsTheClientAsks()
    {
        await using var host = await StartAsync();
        using var client = Client(host);
        using var channel = Channel(host, client);

        var forms = await new V1.CatalogService.CatalogServiceClient(channel).ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        Assert.Empty(forms.Forms);
        using var old = await client.SendAsync(Health(host, HttpVersion.Version11));
        using var modern = await client.SendAsync(Health(host, HttpVersion.Version20));

        Assert.Equal((HttpVersion.Version11, HttpStatusCode.OK), (old.Version, old.StatusCode));
        Assert.Equal((HttpVersion.Version20, HttpStatusCode.OK), (modern.Version, modern.StatusCode));
    }

    [Theory]
    [InlineData("Optional", null, true)]
    [InlineData("Optional", "client", true)]
    [InlineData("Optional", "stranger", false)]
    [InlineData("Required", null, false)]
    [InlineData("Required", "client", true)]
    [InlineData("Required", "stranger", false)]
    public async Task ClientCertificate_ByMode_IsAskedForAndChecked(string mode, string? shown, bool isServed)
    {
        await using var host = await StartAsync(
            $"Endpoints:Tls:ClientCertificates={mode}", $"Endpoints:Tls:ClientAuthorities={certificates.AuthorityFile}");
        using var client = Client(host, shown is null ? null : shown == "client" ? certificates.Client : certificates.Stranger);

        if (isServed)
        {
            using var answer = await client.SendAsync(Health(host, HttpVersion.Version20));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        else
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SendAsync(Health(host, HttpVersion.Version20)));
        }
    }

    [Fact]
    public async Task OnlyTls_PlainAddressesEmpty_ServesThere()
    {
        await using var host = await StartAsync("Endpoints:Grpc=", "Endpoints:Http=");
        using var client = Client(host);
        using var channel = Channel(host, client);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new V1.CatalogService.CatalogServiceClient(channel).ListFormsAsync(new V1.ListFormsRequest()));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Theory]
    [InlineData(
        "Endpoints:Grpc=http://0.0.0.0:0",
        "Endpoints:Grpc is 'http://0.0.0.0:0'; it must be a loopback address, because it is without TLS; set Endpoints:Tls:Address instead, or Endpoints:AllowPlaintextBeyondLoopback where TLS ends in front of the gateway.")]
    [InlineData(
        "Endpoints:Http=http://[::]:0",
        "Endpoints:Http is 'http://[::]:0'; it must be a loopback address, because it is without TLS; set Endpoints:Tls:Address instead, or Endpoints:AllowPlaintextBeyondLoopback where TLS ends in front of the gateway.")]
    [InlineData("Endpoints:Tls:Address=http://127.0.0.1:0", "Endpoints:Tls:Address is 'http://127.0.0.1:0'; it must be https://ADDRESS:PORT with an IP address, such as https://0.0.0.0:8443.")]
    [InlineData("Endpoints:Tls:Key=absent.pem", "Endpoints:Tls:Key is 'absent.pem'; it must be a PEM file that is there.")]
    [InlineData("Endpoints:Tls:ClientCertificates=Required", "Endpoints:Tls:ClientAuthorities is ''; it must be a PEM file that is there.")]
    public async Task Start_WrongSetting_NamesItWithValueAndRule(string option, string expected)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(option));

        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public async Task Start_CertificateThatIsNone_NamesTheSetting()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            $"Endpoints:Tls:Certificate={certificates.ServerKeyFile}"));

        Assert.StartsWith(
            $"Endpoints:Tls:Certificate is '{certificates.ServerKeyFile}', which cannot be used: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PlaintextBeyondLoopbackAllowed_Listens()
    {
        await using var host = await GatewayHost.StartAsync("Endpoints:Http=http://0.0.0.0:0", "Endpoints:AllowPlaintextBeyondLoopback=true");

        Assert.NotEqual(0, host.Endpoints.HttpAddress.Port);
    }

    private Task<GatewayHost> StartAsync(params string[] options) => GatewayHost.StartAsync(
    [
        "Endpoints:Tls:Address=https://127.0.0.1:0",
        $"Endpoints:Tls:Certificate={certificates.ServerFile}",
        $"Endpoints:Tls:Key={certificates.ServerKeyFile}",
        .. options,
    ]);

    private HttpClient Client(GatewayHost host, X509Certificate2? certificate = null) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => certificates.IsOurs(shown),
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
        },
    })
    {
        BaseAddress = host.Endpoints.TlsAddress,
        Timeout = Requests.Patience,
    };

    private static GrpcChannel Channel(GatewayHost host, HttpClient client) =>
        GrpcChannel.ForAddress(host.Endpoints.TlsAddress, new GrpcChannelOptions { HttpClient = client });

    private static HttpRequestMessage Health(GatewayHost host, Version version) => new(HttpMethod.Get, new Uri(host.Endpoints.TlsAddress, "/healthz"))
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
