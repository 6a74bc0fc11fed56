using System.Net;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Endpoints;

/// <summary>Names each setting that is wrong, its value and the rule.</summary>
internal sealed class EndpointOptionsValidator : IValidateOptions<EndpointOptions>
{
    public ValidateOptionsResult Validate(string? name, EndpointOptions options)
    {
        var faults = new List<string>();
        Plain(faults, nameof(options.Grpc), options.Grpc, options);
        Plain(faults, nameof(options.Http), options.Http, options);
        Tls(faults, options.Tls);
        foreach (var proxy in options.TrustedProxies.Where(static proxy => !IPAddress.TryParse(proxy, out _)))
        {
            faults.Add(Fault(nameof(options.TrustedProxies), proxy, "an IP address, such as 10.0.0.5"));
        }

        if (options is { Grpc: "", Http: "", Tls.Address: "" })
        {
            faults.Add($"{EndpointOptions.SectionName}: Grpc, Http and Tls:Address are all empty; the gateway must listen somewhere.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Plain(List<string> faults, string option, string value, EndpointOptions options)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!EndpointAddress.TryParse(value, Uri.UriSchemeHttp, out var address))
        {
            faults.Add(Fault(option, value, EndpointAddress.Rule));
        }
        else if (!IPAddress.IsLoopback(address.Address) && !options.AllowPlaintextBeyondLoopback)
        {
            faults.Add(Fault(
                option, value,
                $"a loopback address, because it is without TLS; set {EndpointOptions.SectionName}:Tls:Address instead, "
                + $"or {EndpointOptions.SectionName}:{nameof(options.AllowPlaintextBeyondLoopback)} where TLS ends in front of the gateway"));
        }
    }

    private static void Tls(List<string> faults, TlsOptions tls)
    {
        if (tls.Address.Length == 0)
        {
            return;
        }

        if (!EndpointAddress.TryParse(tls.Address, Uri.UriSchemeHttps, out _))
        {
            faults.Add(Fault("Tls:Address", tls.Address, EndpointAddress.TlsRule));
        }

        Readable(faults, nameof(tls.Certificate), tls.Certificate);
        Readable(faults, nameof(tls.Key), tls.Key);
        if (tls.ClientCertificates != ClientCertificates.None)
        {
            Readable(faults, nameof(tls.ClientAuthorities), tls.ClientAuthorities);
        }
    }

    private static void Readable(List<string> faults, string option, string file)
    {
        if (!File.Exists(file))
        {
            faults.Add(Fault($"Tls:{option}", file, "a PEM file that is there"));
        }
    }

    private static string Fault(string option, string value, string rule) =>
        $"{EndpointOptions.SectionName}:{option} is '{value}'; it must be {rule}.";
}
