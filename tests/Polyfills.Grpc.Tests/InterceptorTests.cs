using Aggregation.Polyfills.Grpc.Tests.Protos;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Intercept_TwoAtTheClient_FirstSeesTheCallFirst()
    {
        await using var host = await GrpcHost.StartAsync();
        var order = new List<string>();
        var invoker = host.Channel.Intercept(new Recording("first", order), new Recording("second", order));

        var response = await new Protos.EchoService.EchoServiceClient(invoker).UnaryAsync(new EchoRequest { Text = "x" });

        Assert.Equal("x", response.Text);
        Assert.Equal(["first", "second"], order);
    }

    [Fact]
    public async Task Intercept_WithHeaders_SendsThem()
    {
        await using var host = await GrpcHost.StartAsync();
        var invoker = host.Channel.Intercept(headers =>
        {
            headers.Add("echo-added", "yes");
            return headers;
        });
        using var call = new Protos.EchoService.EchoServiceClient(invoker).UnaryAsync(new EchoRequest());

        await call;

        Assert.Equal("yes", call.GetTrailers().GetValue("echo-added"));
    }

    [Fact]
    public async Task ServerInterceptor_ThatRefuses_KeepsTheMethodFromRunning()
    {
        await using var host = await GrpcHost.StartAsync(
            services => services.AddGrpc(options => options.Interceptors.Add<Refusing>()));

        var unary = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));
        using var call = host.Client.Bidirectional();
        var duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unauthenticated, unary.StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, duplex.StatusCode);
    }

    [Fact]
    public void AddMethod_SameNameTwice_Throws()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "service", "method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        UnaryServerMethod<string, string> handler = (request, _) => Task.FromResult(request);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, handler);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, handler));
        Assert.Equal("/service/method", method.FullName);
    }

    private sealed class Recording(string name, List<string> order) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            order.Add(name);
            return continuation(request, context);
        }
    }

    private sealed class Refusing : Interceptor
    {
        private static readonly RpcException Refusal = new(new Status(StatusCode.Unauthenticated, "no key"));

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) => throw Refusal;

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) => throw Refusal;
    }
}
