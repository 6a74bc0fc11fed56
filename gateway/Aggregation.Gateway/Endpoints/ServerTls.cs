using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Aggregation.Gateway.Endpoints;

/// <summary>The certificates of the TLS address, read once at start.</summary>
internal static class ServerTls
{
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    /// <exception cref="InvalidOperationException">A file is not what its setting says; names the setting.</exception>
    public static void Apply(HttpsConnectionAdapterOptions https, TlsOptions options)
    {
        https.ServerCertificate = Read(nameof(options.Certificate), options.Certificate, () => Certificate(options));
        https.ServerCertificateChain = Read(nameof(options.Certificate), options.Certificate, () => Bundle(options.Certificate));
        if (options.ClientCertificates == ClientCertificates.None)
        {
            return;
        }

        var authorities = Read(nameof(options.ClientAuthorities), options.ClientAuthorities, () => Bundle(options.ClientAuthorities));
        https.ClientCertificateMode = options.ClientCertificates == ClientCertificates.Required
            ? ClientCertificateMode.RequireCertificate
            : ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, chain, errors) => IsTrusted(certificate, chain, authorities);
    }

    /// <summary>With its private key, in the form that every platform's TLS takes.</summary>
    private static X509Certificate2 Certificate(TlsOptions options)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static X509Certificate2Collection Bundle(string file)
    {
        var bundle = new X509Certificate2Collection();
        bundle.ImportFromPemFile(file);
        return bundle.Count > 0 ? bundle : throw new CryptographicException("there is no certificate in it");
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Chain? chain, X509Certificate2Collection authorities)
    {
        using var trusted = new X509Chain();
        trusted.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        trusted.ChainPolicy.CustomTrustStore.AddRange(authorities);
        trusted.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        trusted.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientPurpose));
        if (chain is not null)
        {
            // What the client sent along to lead from its certificate to an authority.
            trusted.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return trusted.Build(certificate);
    }

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"{EndpointOptions.SectionName}:Tls:{option} is '{file}', which cannot be used: {exception.Message}", exception);
        }
    }
}
