using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Network;

namespace Aggregation.Deploy.Tests.Runs;

/// <summary>One box as an operator has it: the real server with TLS, on SQLite, with a tenant.</summary>
internal sealed class Site : IAsyncDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly TemporaryFolder _data = new();
    private readonly Uri _http = new($"http://127.0.0.1:{FreePorts.One()}");
    private StandaloneHost? _host;
    private TestTenant? _tenant;

    public static UnitTree Tree { get; } = new(cities: 2, countiesPerCity: 5, departmentsPerCity: 2, departmentsPerCounty: 75);

    /// <summary>Where metrics are, whenever the server runs.</summary>
    public Uri Metrics => _http;

    public Uri Address => Host.Address;

    public int ProcessId => Host.ProcessId;

    public TestTenant Tenant => _tenant ?? throw new InvalidOperationException("The server has not been started.");

    public string Journal => Path.Combine(_data.Path, "journal.db");

    private StandaloneHost Host => _host ?? throw new InvalidOperationException("The server does not run.");

    public static async Task<Site> StartAsync()
    {
        var site = new Site();
        await site.StartServerAsync(Year);
        using var api = new Api(site.Address);
        site._tenant = await TestTenant.CreateAsync(api, site._data.Path, "operated", Tree);
        return site;
    }

    /// <summary>Starts the server, with a new certificate.</summary>
    /// <param name="certificateLife">How long the certificate is good for.</param>
    public async Task StartServerAsync(TimeSpan certificateLife)
    {
        var (certificate, key) = WriteCertificate(certificateLife);
        _host = await StandaloneHost.StartAsync(_data.Path, new Dictionary<string, string>
        {
            ["Endpoints__Http"] = _http.ToString(),
            ["Endpoints__Tls__Address"] = "https://127.0.0.1:0",
            ["Endpoints__Tls__Certificate"] = certificate,
            ["Endpoints__Tls__Key"] = key,
            ["Ledger__AuditInterval"] = "00:00:01",
            ["Ledger__AuditAfterOpening"] = "00:00:01",
            ["Ledger__SwapAlarm"] = "00:00:01",

            // What is late is tried again before an audit has opened the ledgers above, by which nobody would be told how late it was.
            ["Ledger__PushRetryMax"] = "00:00:00.020",
            ["Ledger__PushRetry"] = "00:00:00.010",

            // A lock that somebody holds stalls the journal; it does not make it fail.
            ["Journal__BusyTimeout"] = "00:01:00",
        });
    }

    public async Task StopServerAsync()
    {
        var code = await Host.StopAsync();
        var output = Host.Output;
        await Host.DisposeAsync();
        _host = null;
        if (code != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The server ended with {code}. It wrote:\n{output}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _data.Dispose();
    }

    private (string Certificate, string Key) WriteCertificate(TimeSpan life)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.Add(life));
        var files = (Path.Combine(_data.Path, "server.pem"), Path.Combine(_data.Path, "server.key"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
