namespace Aggregation.Gateway.Endpoints;

/// <summary>Where the gateway listens: <c>http://ADDRESS:PORT</c>, an IP address, port 0 for a free one. TLS ends in front of it.</summary>
public sealed class EndpointOptions
{
    public const string SectionName = "Endpoints";

    /// <summary>gRPC, HTTP/2 without TLS (h2c).</summary>
    public string Grpc { get; set; } = "http://127.0.0.1:8081";

    /// <summary>HTTP/1.1: gRPC-Web and health.</summary>
    public string Http { get; set; } = "http://127.0.0.1:8080";
}
