using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.AspNetCore.Server.Reflection.Internal;

/// <summary>Answers version v1 of the reflection protocol.</summary>
internal sealed class ReflectionV1Service(SymbolRegistry symbols) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(Answer(request), context.CancellationToken);
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
            Files(symbols.FindFile(request.FileByFilename), $"No file '{request.FileByFilename}'"),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
            Files(symbols.FindSymbol(request.FileContainingSymbol), $"No symbol '{request.FileContainingSymbol}'"),
        ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
        _ => Error(StatusCode.Unimplemented, $"{request.MessageRequestCase} is not supported"),
    };

    private static ServerReflectionResponse Files(IEnumerable<ByteString>? files, string notFound) => files is null
        ? Error(StatusCode.NotFound, notFound)
        : new() { FileDescriptorResponse = new() { FileDescriptorProto = { files } } };

    private ServerReflectionResponse Services() => new()
    {
        ListServicesResponse = new() { Service = { symbols.Services.Select(name => new ServiceResponse { Name = name }) } },
    };

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new() { ErrorCode = (int)code, ErrorMessage = message } };
}
