using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aggregation.Gateway.Tests.Endpoints;

/// <summary>An authority, and certificates that it or another one signed, as PEM files in a folder of their own.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aggregation-tls-").FullName;
    private readonly X509Certificate2 root = Root("authority");
    private readonly X509Certificate2 otherRoot = Root("another authority");

    public TestCertificates()
    {
        File.WriteAllText(AuthorityFile, root.ExportCertificatePem());
        using var server = Signed(root, "127.0.0.1", "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(ServerFile, server.ExportCertificatePem());
        File.WriteAllText(ServerKeyFile, server.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Client = Loadable(Signed(root, "client", "1.3.6.1.5.5.7.3.2"));
        Stranger = Loadable(Signed(otherRoot, "stranger", "1.3.6.1.5.5.7.3.2"));
    }

    public string AuthorityFile => Path.Combine(folder, "authority.pem");

    public string ServerFile => Path.Combine(folder, "server.pem");

    public string ServerKeyFile => Path.Combine(folder, "server.key");

    public X509Certificate2 Client { get; }

    /// <summary>Of an authority that the server does not know.</summary>
    public X509Certificate2 Stranger { get; }

    /// <summary>Whether a certificate comes from the authority.</summary>
    public bool IsOurs(X509Certificate? certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return certificate is X509Certificate2 shown && chain.Build(shown);
    }

    public void Dispose()
    {
        root.Dispose();
        otherRoot.Dispose();
        Client.Dispose();
        Stranger.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static X509Certificate2 Root(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private static X509Certificate2 Signed(X509Certificate2 by, string name, string purpose)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(by, now.AddDays(-1), now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Loadable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
