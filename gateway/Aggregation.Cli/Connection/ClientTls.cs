using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aggregation.Cli.Connection;

/// <summary>TLS by files instead of by what the system trusts.</summary>
internal static class ClientTls
{
    /// <returns>Null where neither file is named.</returns>
    /// <exception cref="CommandFailedException">A file is not there or not what it should be.</exception>
    public static SocketsHttpHandler? Of(FileInfo? authorities, FileInfo? certificate)
    {
        if (authorities is null && certificate is null)
        {
            return null;
        }

        var options = new SslClientAuthenticationOptions();
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read("--ca-file", authorities, () =>
            {
                policy.CustomTrustStore.ImportFromPemFile(authorities.FullName);
                if (policy.CustomTrustStore.Count == 0)
                {
                    throw new CryptographicException("there is no certificate in it");
                }
            });
            options.CertificateChainPolicy = policy;
        }

        if (certificate is not null)
        {
            Read("--client-cert", certificate, () =>
            {
                using var read = X509Certificate2.CreateFromPemFile(certificate.FullName);
                options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null)];
            });
        }

        return new SocketsHttpHandler { SslOptions = options, EnableMultipleHttp2Connections = true };
    }

    private static void Read(string option, FileInfo file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{option}: {file.FullName} cannot be used: {exception.Message}");
        }
    }
}
