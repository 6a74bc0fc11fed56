using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Aggregation.Gateway.Telemetry;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Measures how long the server's certificate is still good.</summary>
internal sealed class CertificateTelemetry(IMeterFactory meters, TimeProvider time)
{
    public void Watch(X509Certificate2 certificate)
    {
        var end = new DateTimeOffset(certificate.NotAfter);
        meters.Create(GatewayTelemetry.Name).CreateObservableGauge(
            "aggregation.gateway.tls.certificate.remaining", () => (end - time.GetUtcNow()).TotalSeconds, "s",
            "Time until the server's certificate expires");
    }
}
