using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>A server whose certificate comes from an authority that the system does not know.</summary>
public sealed class TlsTests : CommandTest
{
    [Fact]
    public async Task Total_ServersAuthorityNamed_IsShown()
    {
        using var certificate = Certificate();
        await using var server = await FakeServer.StartAsync(certificate);
        var authority = Write("authority.pem", certificate.ExportCertificatePem());

        Assert.Equal(ExitCode.Ok, await RunAtAsync(server.Address, "total", "360300", "items-by-class", "2012", "--ca-file", authority));

        Assert.StartsWith("https://", server.Address, StringComparison.Ordinal);
        Assert.Contains("41126", Output.ToString().Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Total_AnotherAuthorityOrNone_IsNotTrusted()
    {
        using var certificate = Certificate();
        using var other = Certificate();
        await using var server = await FakeServer.StartAsync(certificate);
        var authority = Write("authority.pem", other.ExportCertificatePem());

        Assert.Equal(ExitCode.Unavailable, await RunAtAsync(server.Address, "total", "360300", "items-by-class", "2012"));
        Assert.Equal(
            ExitCode.Unavailable, await RunAtAsync(server.Address, "total", "360300", "items-by-class", "2012", "--ca-file", authority));
    }

    [Theory]
    [InlineData("--ca-file")]
    [InlineData("--client-cert")]
    public async Task Total_FileThatIsNoCertificate_NamesTheOptionAndTheFile(string option)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("total", "360300", "items-by-class", "2012", option, Write("not.pem", "-----BEGIN")));

        Assert.Contains(option, Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("not.pem", Error.ToString(), StringComparison.Ordinal);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
