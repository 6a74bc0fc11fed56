namespace Grpc.Core;

/// <summary>Decides whether a server may be trusted; called during the TLS handshake.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>The server that <see cref="VerifyPeerCallback"/> decides on.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    public string TargetName { get; }

    /// <summary>The server's certificate as PEM.</summary>
    public string PeerPem { get; }
}

/// <summary>A client's certificate and private key, both as PEM.</summary>
public sealed class KeyCertificatePair(string certificateChain, string privateKey)
{
    public string CertificateChain { get; } = certificateChain ?? throw new ArgumentNullException(nameof(certificateChain));

    public string PrivateKey { get; } = privateKey ?? throw new ArgumentNullException(nameof(privateKey));
}

/// <summary>TLS. Grpc.Net.Client takes only the form without arguments; certificates are set on its HTTP handler.</summary>
public sealed class SslCredentials(
    string? rootCertificates,
    KeyCertificatePair? keyCertificatePair,
    VerifyPeerCallback? verifyPeerCallback) : ChannelCredentials
{
    public SslCredentials()
        : this(null, null, null)
    {
    }

    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    public string? RootCertificates => rootCertificates;

    public KeyCertificatePair? KeyCertificatePair => keyCertificatePair;

    internal override bool IsComposable => true;

    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetSslCredentials(state, rootCertificates, keyCertificatePair, verifyPeerCallback);
}
