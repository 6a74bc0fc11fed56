using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class ReflectionTests
{
    // The two versions differ in the package's name alone, so one set of messages serves both.
    private static readonly Method<ServerReflectionRequest, ServerReflectionResponse> Version1 = new(
        MethodType.DuplexStreaming,
        "grpc.reflection.v1.ServerReflection",
        "ServerReflectionInfo",
        Marshallers.Create(request => request.ToByteArray(), ServerReflectionRequest.Parser.ParseFrom),
        Marshallers.Create(response => response.ToByteArray(), ServerReflectionResponse.Parser.ParseFrom));

    [Fact]
    public async Task ListServices_EchoMapped_NamesItAndReflection()
    {
        await using var host = await StartAsync();

        var response = await AskAsync(host, new ServerReflectionRequest { ListServices = "*" });

        var names = response.ListServicesResponse.Service.Select(service => service.Name).ToArray();
        Assert.Contains("polyfills.test.v1.EchoService", names);
        Assert.Contains("grpc.reflection.v1alpha.ServerReflection", names);
    }

    [Theory]
    [InlineData("polyfills.test.v1.EchoService")]
    [InlineData("polyfills.test.v1.EchoService.Unary")]
    [InlineData("polyfills.test.v1.EchoRequest")]
    public async Task FileContainingSymbol_Known_ReturnsTheFileAndItsImports(string symbol)
    {
        await using var host = await StartAsync();

        var response = await AskAsync(host, new ServerReflectionRequest { FileContainingSymbol = symbol });

        var files = response.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToArray();
        Assert.Equal(
            ["Protos/echo.proto", "google/protobuf/empty.proto"],
            files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal("EchoService", Assert.Single(files.SelectMany(file => file.Service)).Name);
    }

    [Fact]
    public async Task FileByFilename_Unknown_IsNotFound()
    {
        await using var host = await StartAsync();

        var response = await AskAsync(host, new ServerReflectionRequest { FileByFilename = "absent.proto" });

        Assert.Equal((int)StatusCode.NotFound, response.ErrorResponse.ErrorCode);
    }

    [Theory]
    [InlineData("polyfills.test.v1.Absent")]
    [InlineData("polyfills.test.v1.EchoRequest.text")]
    public async Task FileContainingSymbol_UnknownOrAField_IsNotFound(string symbol)
    {
        await using var host = await StartAsync();

        var response = await AskAsync(host, new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.Equal((int)StatusCode.NotFound, response.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task ListServices_ByVersion1_AnswersToo()
    {
        await using var host = await StartAsync();
        using var call = host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(Version1, null, default);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });

        Assert.True(await call.ResponseStream.MoveNext());

        Assert.Contains(
            "polyfills.test.v1.EchoService", call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));
    }

    private static Task<GrpcHost> StartAsync() =>
        GrpcHost.StartAsync(services => services.AddGrpcReflection(), app => app.MapGrpcReflectionService());

    private static async Task<ServerReflectionResponse> AskAsync(GrpcHost host, ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}
