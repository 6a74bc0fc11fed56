using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aggregation.Polyfills.Grpc.Tests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>Speaks gRPC-Web over HTTP/1.1 with nothing but an HTTP client, as a browser does.</summary>
public sealed class GrpcWebTests
{
    private const byte TrailersFlag = 0x80;

    [Theory]
    [InlineData("application/grpc-web", 3, "application/grpc-web")]
    [InlineData("application/grpc-web+proto", 0, "application/grpc-web")]
    [InlineData("application/grpc-web-text", 3, "application/grpc-web-text")]
    [InlineData("application/grpc-web-text+proto", 1, "application/grpc-web-text")]
    public async Task ServerStream_OverHttp1_ReturnsMessagesThenTrailers(string contentType, int times, string answeredAs)
    {
        await using var host = await StartAsync(defaultEnabled: true);

        var (response, frames) = await CallAsync(host, contentType, "ServerStream", new EchoRequest { Text = "台", Times = times });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(answeredAs, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            Enumerable.Range(0, times).Select(i => $"台{i}"),
            frames.Where(frame => frame.Flag == 0).Select(frame => EchoResponse.Parser.ParseFrom(frame.Payload).Text));
        AssertOk(response, frames);
    }

    [Fact]
    public async Task Unary_LongText_SurvivesBase64BothWays()
    {
        await using var host = await StartAsync(defaultEnabled: true);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => (char)('a' + (i % 26))));

        var (response, frames) = await CallAsync(host, "application/grpc-web-text", "Unary", new EchoRequest { Text = text });

        Assert.Equal(text, EchoResponse.Parser.ParseFrom(frames[0].Payload).Text);
        AssertOk(response, frames);
    }

    [Fact]
    public async Task ClientStream_EachMessagePaddedByItself_IsDecoded()
    {
        await using var host = await StartAsync(defaultEnabled: true);
        string[] segments = [.. new[] { "a", "bcd" }.Select(text => Convert.ToBase64String(Frame(new EchoRequest { Text = text })))];
        Assert.All(segments, segment => Assert.EndsWith("=", segment, StringComparison.Ordinal));

        var (response, frames) = await PostAsync(
            host, "application/grpc-web-text", "ClientStream", new ByteArrayContent(Encoding.ASCII.GetBytes(string.Concat(segments))));

        Assert.Equal("abcd", EchoResponse.Parser.ParseFrom(frames[0].Payload).Text);
        AssertOk(response, frames);
    }

    [Fact]
    public async Task Unary_TextWithoutAccept_IsAnsweredInBinary()
    {
        await using var host = await StartAsync(defaultEnabled: true);
        var body = Convert.ToBase64String(Frame(new EchoRequest { Text = "binary" }));

        var (response, frames) = await PostAsync(
            host, "application/grpc-web-text", "Unary", new ByteArrayContent(Encoding.ASCII.GetBytes(body)), accept: false);

        Assert.Equal("application/grpc-web", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("binary", EchoResponse.Parser.ParseFrom(frames[0].Payload).Text);
        AssertOk(response, frames);
    }

    [Fact]
    public async Task Fail_BeforeAnyMessage_CarriesStatusInTheHeaders()
    {
        await using var host = await StartAsync(defaultEnabled: true);

        var (response, frames) = await CallAsync(
            host, "application/grpc-web+proto", "Fail", new EchoRequest { Text = "wrong", Times = (int)StatusCode.InvalidArgument });

        Assert.Empty(frames);
        Assert.Equal("3", response.Headers.GetValues("grpc-status").Single());
        Assert.Equal("wrong", response.Headers.GetValues("grpc-message").Single());
        Assert.True(response.Headers.Contains("grpc-status-details-bin"));
    }

    [Fact]
    public async Task Unary_WhereNotEnabled_IsRefused()
    {
        await using var host = await StartAsync(defaultEnabled: false);

        var (response, _) = await CallAsync(host, "application/grpc-web", "Unary", new EchoRequest());

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Unary_PlainGrpcBesideGrpcWeb_StillWorks()
    {
        await using var host = await StartAsync(defaultEnabled: true);

        Assert.Equal("x", (await host.Client.UnaryAsync(new EchoRequest { Text = "x" })).Text);
    }

    private static Task<GrpcHost> StartAsync(bool defaultEnabled) => GrpcHost.StartAsync(
        configure: app => app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = defaultEnabled }));

    private static Task<(HttpResponseMessage Response, List<WebFrame> Frames)> CallAsync(
        GrpcHost host, string contentType, string method, EchoRequest request)
    {
        var body = Frame(request);
        return PostAsync(
            host,
            contentType,
            method,
            new ByteArrayContent(IsText(contentType) ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body));
    }

    private static async Task<(HttpResponseMessage Response, List<WebFrame> Frames)> PostAsync(
        GrpcHost host, string contentType, string method, HttpContent content, bool accept = true)
    {
        using var client = new HttpClient();
        if (accept)
            client.DefaultRequestHeaders.Accept.ParseAdd(contentType);

        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        var response = await client.PostAsync(new Uri(host.Http1, $"/polyfills.test.v1.EchoService/{method}"), content);
        var body = await response.Content.ReadAsByteArrayAsync();
        var isText = IsText(response.Content.Headers.ContentType?.MediaType ?? "");
        return (response, Frames(response.IsSuccessStatusCode && isText ? Decode(body) : body));
    }

    private static bool IsText(string contentType) => contentType.Contains("-text", StringComparison.Ordinal);

    private static byte[] Frame(EchoRequest request)
    {
        var frame = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), request.CalculateSize());
        request.WriteTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>Decodes group by group, as segments may be padded in the middle.</summary>
    private static byte[] Decode(byte[] body) =>
        [.. Encoding.ASCII.GetString(body).Chunk(4).SelectMany(group => Convert.FromBase64CharArray(group, 0, group.Length))];

    private static List<WebFrame> Frames(ReadOnlyMemory<byte> body)
    {
        var frames = new List<WebFrame>();
        while (body.Length >= 5)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.Span[1..]);
            frames.Add(new WebFrame(body.Span[0], body.Slice(5, length).ToArray()));
            body = body[(5 + length)..];
        }

        return frames;
    }

    private static void AssertOk(HttpResponseMessage response, List<WebFrame> frames)
    {
        // A call without messages may send its status in the headers alone.
        var trailers = frames.Where(frame => frame.Flag == TrailersFlag).ToArray();
        if (trailers.Length == 0)
        {
            Assert.Empty(frames);
            Assert.Equal("0", response.Headers.GetValues("grpc-status").Single());
            return;
        }

        Assert.Same(frames[^1], Assert.Single(trailers));
        Assert.Equal("grpc-status: 0\r\n", Encoding.ASCII.GetString(trailers[0].Payload));
    }

    private sealed record WebFrame(byte Flag, byte[] Payload);
}
