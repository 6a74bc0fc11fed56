using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aggregation.Cli.Tests.Commands;

internal static class FreePort
{
    /// <param name="certificate">Shown over TLS; null: without TLS.</param>
    public static void ListenLocalhostOnFreePort(this KestrelServerOptions kestrel, X509Certificate2? certificate) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        });
}
