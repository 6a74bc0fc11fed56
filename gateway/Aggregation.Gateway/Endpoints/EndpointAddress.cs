using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Aggregation.Gateway.Endpoints;

internal static class EndpointAddress
{
    public const string Rule = "http://ADDRESS:PORT with an IP address, such as http://127.0.0.1:8081";
    public const string TlsRule = "https://ADDRESS:PORT with an IP address, such as https://0.0.0.0:8443";

    public static bool TryParse(string text, string scheme, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme != scheme
            || uri.PathAndQuery != "/"
            || !IPAddress.TryParse(uri.DnsSafeHost, out var ip))
        {
            return false;
        }

        address = new IPEndPoint(ip, uri.Port);
        return true;
    }
}
