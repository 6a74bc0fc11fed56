using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Aggregation.Gateway.Tests.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Limits;

public sealed class MessageLimitTests
{
    private const int Default = 1 << 20;
    private const int Largest = 64 << 20;
    private const int Csv = 16 << 20;
    private const int Envelope = 64 << 10;
    private const string MessageSetting = "Gateway:MaxMessageBytes";
    private const string CsvSetting = "Gateway:MaxCsvBytes";

    /// <summary>Option, method, the last size that is taken, the limit that is named for the next, and the setting of it.</summary>
    public static TheoryData<string, string, int, int, string> Limits => new()
    {
        { "", "aggregation.v1.SubmissionService.Submit", Default, Default, MessageSetting },
        { "", "aggregation.v1.SubmissionService.SubmitMany", Default, Default, MessageSetting },
        { "", "aggregation.v1.TrailService.ReadTenantTrail", Default, Default, MessageSetting },
        { "", "aggregation.v1.AdminService.CreateKey", Default, Default, MessageSetting },
        { "", "aggregation.v1.AdminService.Audit", Default, Default, MessageSetting },
        { "", "aggregation.v1.AdminService.ImportUnits", Csv + Envelope, Csv, CsvSetting },
        { "", "aggregation.v1.AdminService.ImportTenant", Csv + Envelope, Csv + Envelope, "Gateway:MaxMessageBytes, MaxCsvBytes + 65536" },
        { "Gateway:MaxMessageBytes=1024", "aggregation.v1.SubmissionService.Submit", 1024, 1024, MessageSetting },
        { "Gateway:MaxMessageBytes=67108864", "aggregation.v1.SubmissionService.Submit", Largest, Largest, MessageSetting },
        { "Gateway:MaxMessageBytes=67108864", "aggregation.v1.SubmissionService.SubmitMany", Largest, Largest, MessageSetting },
        { "Gateway:MaxMessageBytes=67108864", "aggregation.v1.AdminService.CreateKey", Largest, Largest, MessageSetting },
        { "Gateway:MaxCsvBytes=67108864", "aggregation.v1.AdminService.ImportUnits", Largest + Envelope, Largest, CsvSetting },
        { "Gateway:MaxCsvBytes=67108864", "aggregation.v1.AdminService.RevokeKey", Default, Default, MessageSetting },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Call_MessageAtTheLimitAndOver_IsTakenAndRefusedByTheLimitsName(
        string option, string method, int most, int limit, string setting)
    {
        await using var host = await GatewayHost.StartAsync(option.Length == 0 ? [] : [option]);
        var known = method.EndsWith("Tenant", StringComparison.Ordinal) ? Server.As(host.Grains.Platform.Keys.Issue(static caller => caller with { IsPlatform = true })) : host.Call();

        Assert.NotEqual(StatusCode.ResourceExhausted, (await ErrorAsync(host, method, most, known))?.StatusCode ?? StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, (await ErrorAsync(host, method, most, default))!.StatusCode);

        // A stream is not read before it is known who sends it.
        CallOptions[] callers = Methods.Find(method).IsClientStreaming ? [known] : [known, default];
        foreach (var options in callers)
        {
            var refused = (await ErrorAsync(host, method, most + 1, options))!;

            Assert.Equal(
                (StatusCode.ResourceExhausted, $"The request is larger than the {limit} bytes allowed ({setting})."),
                (refused.StatusCode, refused.Status.Detail));
            var violation = Assert.Single(ErrorTests.StatusOf(refused)!.Details[1].Unpack<V1.Refusal>().Violations);
            Assert.Equal(
                ("request", $"<= {limit} bytes ({setting})", $"请求超过上限 {limit} 字节（{setting}）。"),
                (violation.Field, violation.Rule, violation.MessageZh));
        }
    }

    [Theory]
    [InlineData(Default, StatusCode.OK)]
    [InlineData(Default + 1, StatusCode.ResourceExhausted)]
    [InlineData(40 << 20, StatusCode.ResourceExhausted)]
    public async Task GrpcWeb_MessageAtTheLimitAndOver_IsTakenAndRefused(int size, StatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync();
        var request = Requests.Submit().ToByteArray();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/aggregation.v1.SubmissionService/Submit")
        {
            Content = new ByteArrayContent(Framed(Padded(request, size), compressed: false)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web");
        message.Headers.TryAddWithoutValidation("authorization", "Bearer " + host.Key);

        using var response = await host.Http.SendAsync(message);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var status = response.Headers.TryGetValues("grpc-status", out var values) ? StatusOf(values) : StatusCode.OK;
        Assert.Equal(expected, status);
        if (expected != StatusCode.OK)
        {
            Assert.Equal(
                "The request is larger than the 1048576 bytes allowed (Gateway:MaxMessageBytes).", response.Headers.GetValues("grpc-message").Single());
        }
    }

    [Theory]
    [InlineData(Default, StatusCode.Unauthenticated)]
    [InlineData(Default + 1, StatusCode.ResourceExhausted)]
    [InlineData(100 << 20, StatusCode.ResourceExhausted)]
    public async Task Submit_Compressed_IsMeasuredAsItUnpacks(int size, StatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler());
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Endpoints.GrpcAddress, "/aggregation.v1.SubmissionService/Submit"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Framed(Padded([], size), compressed: true)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        message.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        message.Headers.TryAddWithoutValidation("te", "trailers");

        using var response = await client.SendAsync(message);
        await response.Content.ReadAsByteArrayAsync();

        var trailers = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        Assert.Equal(expected, StatusOf(trailers.GetValues("grpc-status")));
    }

    private static async Task<RpcException?> ErrorAsync(GatewayHost host, string method, int size, CallOptions options)
    {
        try
        {
            await Methods.CallAsync(host.Channel, Methods.Find(method), Padded([], size), options);
            return null;
        }
        catch (RpcException error)
        {
            return error;
        }
    }

    /// <summary>A message of just so many bytes: what it lacks is in a field that no type knows.</summary>
    private static byte[] Padded(byte[] message, int size)
    {
        const int FieldNumber = 1000;
        var rest = new byte[size - message.Length];
        using var output = new CodedOutputStream(rest);
        output.WriteTag(FieldNumber, WireFormat.WireType.LengthDelimited);
        var left = rest.Length - (int)output.Position;
        output.WriteLength(left - CodedOutputStream.ComputeLengthSize(left));
        output.Flush();
        return [.. message, .. rest];
    }

    private static StatusCode StatusOf(IEnumerable<string> values) => (StatusCode)int.Parse(values.Single(), CultureInfo.InvariantCulture);

    private static byte[] Framed(byte[] message, bool compressed)
    {
        if (compressed)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            {
                gzip.Write(message);
            }

            message = packed.ToArray();
        }

        var framed = new byte[message.Length + 5];
        framed[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }
}
