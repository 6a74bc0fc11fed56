namespace Aggregation.Gateway.Endpoints;

/// <summary>Where the gateway listens: an IP address and a port, 0 for a free one; empty: not at all. At least one address is given.</summary>
public sealed class EndpointOptions
{
    public const string SectionName = "Endpoints";

    /// <summary>gRPC, HTTP/2 without TLS (h2c): <c>http://ADDRESS:PORT</c>.</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:8081";

    /// <summary>HTTP/1.1 without TLS: gRPC-Web and health.</summary>
    public string Http { get; set; } = "http://127.0.0.1:8080";

    /// <summary>
    /// Keys cross the wire with every call, so addresses without TLS must be of the loopback unless this is set, which says that TLS ends
    /// in front of the gateway.
    /// </summary>
    public bool AllowPlaintextBeyondLoopback { get; set; }

    /// <summary>
    /// IP addresses of proxies whose <c>X-Forwarded-For</c> is believed. Where none is given, the header is not looked at: anybody can
    /// write it.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Everything over TLS on one port.</summary>
    public TlsOptions Tls { get; set; } = new();
}

/// <summary>gRPC, gRPC-Web and health over TLS, in the versions that the system allows, on one port: HTTP/2 and HTTP/1.1 as the client asks (ALPN).</summary>
public sealed class TlsOptions
{
    /// <summary><c>https://ADDRESS:PORT</c>; empty: none.</summary>
    public string Address { get; set; } = "";

    /// <summary>File with the server's certificate, PEM, and those between it and the root after it.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>File with the certificate's private key, PEM, not encrypted.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether clients show certificates too. They prove who may connect; who calls, the key or token says.</summary>
    public ClientCertificates ClientCertificates { get; set; }

    /// <summary>File with the authorities whose client certificates are taken, PEM; those of the system are not. Needed unless clients show none.</summary>
    public string ClientAuthorities { get; set; } = "";
}

/// <summary>What is asked of a client in the handshake.</summary>
public enum ClientCertificates
{
    None,

    /// <summary>One that is shown must be good.</summary>
    Optional,

    Required,
}
