using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Limits;

/// <summary>
/// How large a request may be, of every method and before anybody is known: what gRPC reads, what the web server lets through and what a
/// refusal names all come from here.
/// </summary>
internal sealed class MessageLimits(IOptions<GatewayOptions> options)
{
    /// <summary>Room for the fields beside the CSV of an import, and for the framing of the largest entry of a transfer.</summary>
    private const int Envelope = 64 << 10;

    /// <summary>Most bytes of a request that is no gRPC message: the largest is a form with a key or a token.</summary>
    private const int OtherBody = 64 << 10;

    private static readonly string AdminService = $"/{V1.AdminService.Descriptor.FullName}/";
    private static readonly string ImportUnits = AdminService + nameof(V1.AdminService.AdminServiceBase.ImportUnits);
    private static readonly string ImportTenant = AdminService + nameof(V1.AdminService.AdminServiceBase.ImportTenant);

    private readonly GatewayOptions gateway = options.Value;

    /// <summary>
    /// gRPC counts a message's bytes before it reads them, and a stream's messages one by one: the web server's limit on whole bodies would
    /// only refuse in another way what is allowed.
    /// </summary>
    public static IRequestSizeLimitMetadata Counted { get; } = new NoBodyLimit();

    /// <summary>What every service reads but <see cref="MostOfAdmin"/>.</summary>
    public int Most => gateway.MaxMessageBytes;

    /// <summary>gRPC has one limit for all methods of a service; those for which it is too high are held to theirs once they are read.</summary>
    public int MostOfAdmin => Math.Max(gateway.MaxMessageBytes, gateway.MaxCsvBytes + Envelope);

    /// <summary>For whatever is no gRPC call.</summary>
    public static void Apply(KestrelServerLimits limits) => limits.MaxRequestBodySize = OtherBody;

    /// <summary>The smallest limit that applies to a message of the method.</summary>
    /// <param name="method">As in <c>/aggregation.v1.AdminService/ImportUnits</c>.</param>
    public MessageLimit Of(string method) =>
        method == ImportUnits ? new MessageLimit(gateway.MaxCsvBytes, $"{GatewayOptions.SectionName}:{nameof(gateway.MaxCsvBytes)}")
        : method == ImportTenant ? new MessageLimit(
            MostOfAdmin, $"{GatewayOptions.SectionName}:{nameof(gateway.MaxMessageBytes)}, {nameof(gateway.MaxCsvBytes)} + {Envelope}")
        : new MessageLimit(gateway.MaxMessageBytes, $"{GatewayOptions.SectionName}:{nameof(gateway.MaxMessageBytes)}");

    /// <summary>Whether messages of the method are held to a lower limit than gRPC was given.</summary>
    public bool IsBelowRead(string method) =>
        method.StartsWith(AdminService, StringComparison.Ordinal) && method != ImportUnits && method != ImportTenant;

    private sealed class NoBodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}

/// <param name="Bytes">Most bytes.</param>
/// <param name="Setting">Which setting says so.</param>
internal readonly record struct MessageLimit(int Bytes, string Setting);
