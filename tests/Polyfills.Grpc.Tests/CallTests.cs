using Aggregation.Polyfills.Grpc.Tests.Protos;
using Grpc.Core;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class CallTests
{
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
    }
}
