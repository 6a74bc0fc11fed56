using System.Net;
using Aggregation.Polyfills.Grpc.Tests.Protos;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class CallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Unary_OverHttp2_ReturnsTheText()
    {
        await using var host = await GrpcHost.StartAsync();

        var response = await host.Client.UnaryAsync(new EchoRequest { Text = "台账" });

        Assert.Equal("台账", response.Text);
    }

    [Fact]
    public async Task ServerStream_ThreeTimes_ReturnsThreeInOrder()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.ServerStream(new EchoRequest { Text = "x", Times = 3 });

        var texts = await call.ResponseStream.ReadAllAsync().Select(response => response.Text).ToListAsync();

        Assert.Equal(["x0", "x1", "x2"], texts);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStream_ThreeRequests_JoinsThem()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.ClientStream();
        foreach (var text in new[] { "a", "b", "c" })
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });

        await call.RequestStream.CompleteAsync();

        Assert.Equal("abc", (await call).Text);
    }

    [Fact]
    public async Task Bidirectional_EachRequest_IsAnsweredBeforeTheNext()
    {
        await using var host = await GrpcHost.StartAsync();
        using var call = host.Client.Bidirectional();

        foreach (var text in new[] { "a", "b" })
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(text, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Unary_WithMetadata_ReturnsItInHeadersAndTrailers()
    {
        await using var host = await GrpcHost.StartAsync();
        var sent = new Metadata { { "Echo-Text", "value" }, { "echo-bytes-bin", [0, 255, 7] } };
        using var call = host.Client.UnaryAsync(new EchoRequest(), sent);

        await call;

        foreach (var received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("value", received.GetValue("echo-text"));
            Assert.Equal([0, 255, 7], received.GetValueBytes("echo-bytes-bin"));
        }
    }

    [Fact]
    public async Task Fail_WithDetails_ThrowsStatusAndFieldViolation()
    {
        await using var host = await GrpcHost.StartAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.FailAsync(
            new EchoRequest { Text = "3.1 = Σ 3.1.x", Times = (int)StatusCode.InvalidArgument }));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("3.1 = Σ 3.1.x", failure.Status.Detail);
        var details = Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        var violation = Assert.Single(Assert.Single(details.Details).Unpack<BadRequest>().FieldViolations);
        Assert.Equal(("text", "3.1 = Σ 3.1.x"), (violation.Field, violation.Description));
    }

    [Fact]
    public async Task Wait_Cancelled_EndsAtClientAndServer()
    {
        await using var host = await GrpcHost.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using var call = host.Client.WaitAsync(new EchoRequest(), cancellationToken: cancellation.Token);
        await host.Log.WaitStarted.Task.WaitAsync(Patience);

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Equal(DateTime.MaxValue, await host.Log.WaitCancelled.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Wait_PastItsDeadline_EndsAtClientAndServer()
    {
        await using var host = await GrpcHost.StartAsync();

        // A deadline may pass before the call has come to the service; then another call has longer.
        for (var limit = TimeSpan.FromMilliseconds(300); !host.Log.WaitStarted.Task.IsCompleted; limit *= 2)
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + limit;
            var failure = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.WaitAsync(new EchoRequest(), deadline: deadline));
            Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        }

        var seen = await host.Log.WaitCancelled.Task.WaitAsync(Patience);
        Assert.NotEqual(DateTime.MaxValue, seen);
    }

    [Fact]
    public async Task Unary_GzipBothWays_CompressesOnTheWire()
    {
        await using var host = await GrpcHost.StartAsync(services => services.AddGrpc(options =>
        {
            options.ResponseCompressionAlgorithm = "gzip";
            options.ResponseCompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
        }));
        using var recorder = new HeaderRecorder();
        using var channel = GrpcChannel.ForAddress(host.Http2, new GrpcChannelOptions
        {
            HttpHandler = recorder,
            CompressionProviders = [new GzipCompressionProvider(System.IO.Compression.CompressionLevel.Fastest)],
        });
        var text = new string('x', 100_000);

        var response = await new Protos.EchoService.EchoServiceClient(channel).UnaryAsync(
            new EchoRequest { Text = text }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        Assert.Equal(text, response.Text);
        Assert.Equal("gzip", recorder.RequestEncoding);
        Assert.Equal("gzip", recorder.ResponseEncoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void CompressionProvider_WhatItCompressed_DecompressesAndLeavesTheStreamOpen(string encoding)
    {
        ICompressionProvider provider = encoding == "gzip"
            ? new GzipCompressionProvider(System.IO.Compression.CompressionLevel.Optimal)
            : new DeflateCompressionProvider(System.IO.Compression.CompressionLevel.Optimal);
        using var compressed = new MemoryStream();
        using (var stream = provider.CreateCompressionStream(compressed, null))
            stream.Write(new byte[1000]);

        compressed.Position = 0;
        using var decompressed = new MemoryStream();
        using (var stream = provider.CreateDecompressionStream(compressed))
            stream.CopyTo(decompressed);

        Assert.Equal(encoding, provider.EncodingName);
        Assert.Equal(new byte[1000], decompressed.ToArray());
        Assert.InRange(compressed.Length, 1, 100);
    }

    [Fact]
    public async Task Unary_LargerThanTheServerTakes_IsResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(services => services.AddGrpc(options => options.MaxReceiveMessageSize = 1000));

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.UnaryAsync(new EchoRequest { Text = new string('x', 1001) }));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    private sealed class HeaderRecorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? RequestEncoding { get; private set; }

        public string? ResponseEncoding { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            RequestEncoding = request.Headers.GetValues("grpc-encoding").Single();
            var response = await base.SendAsync(request, cancellationToken);
            Assert.Equal(HttpVersion.Version20, response.Version);
            ResponseEncoding = response.Headers.GetValues("grpc-encoding").Single();
            return response;
        }
    }
}
