#!/usr/bin/env bash
# MaxReceiveMessageSize of Grpc.AspNetCore is not the only limit: a unary message past Kestrel's MaxRequestBodySize, 30 MB unless it was set,
# fails with UNKNOWN and "Exception was thrown by handler", though no handler ran. The same message in a client stream is taken.
# Guess: gRPC's limit replaces Kestrel's for gRPC, null is no limit as is written, and too large a message is RESOURCE_EXHAUSTED, as it is for
# gRPC's own limit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Grpc.AspNetCore" Version="2.85.0" />
    <Protobuf Include="door.proto" />
  </ItemGroup>
</Project>
XML

cat > door.proto <<'PROTO'
syntax = "proto3";
message Load { bytes content = 1; }
service DoorService {
  rpc Bring(Load) returns (Load);
  rpc BringMany(stream Load) returns (Load);
}
PROTO

cat > Program.cs <<'CS'
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

foreach (var limited in new[] { true, false })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
    builder.Services.AddGrpc(options =>
    {
        if (!limited)
        {
            options.MaxReceiveMessageSize = null;
        }
    });
    await using var app = builder.Build();
    app.MapGrpcService<Door>();
    await app.StartAsync();
    using var channel = GrpcChannel.ForAddress(app.Urls.Single());
    var client = new DoorService.DoorServiceClient(channel);
    foreach (var megabytes in limited ? new[] { 5 } : [29, 31])
    {
        var load = new Load { Content = ByteString.CopyFrom(new byte[megabytes * 1_000_000]) };
        var title = $"{(limited ? "4 MiB" : "no limit")}, {megabytes} MB";
        await See($"{title}, unary", async () => await client.BringAsync(load));
        if (!limited)
        {
            await See($"{title}, stream", async () =>
            {
                using var call = client.BringMany();
                await call.RequestStream.WriteAsync(load);
                await call.RequestStream.CompleteAsync();
                await call;
            });
        }
    }
}

static async Task See(string title, Func<Task> call)
{
    var before = Door.Entered;
    var status = Status.DefaultSuccess;
    try
    {
        await call();
    }
    catch (RpcException refusal)
    {
        status = refusal.Status;
    }
    Console.WriteLine($"{title}: {status.StatusCode} '{status.Detail}', handlers run: {Door.Entered - before}");
}

public sealed class Door : DoorService.DoorServiceBase
{
    public static int Entered;

    public override Task<Load> Bring(Load request, ServerCallContext context)
    {
        Entered++;
        return Task.FromResult(new Load());
    }

    public override async Task<Load> BringMany(IAsyncStreamReader<Load> requests, ServerCallContext context)
    {
        Entered++;
        await foreach (var _ in requests.ReadAllAsync())
        {
        }
        return new Load();
    }
}
CS

expected="4 MiB, 5 MB, unary: ResourceExhausted 'Received message exceeds the maximum configured message size.', handlers run: 0
no limit, 29 MB, unary: OK '', handlers run: 1
no limit, 29 MB, stream: OK '', handlers run: 1
no limit, 31 MB, unary: Unknown 'Exception was thrown by handler.', handlers run: 0
no limit, 31 MB, stream: OK '', handlers run: 1"

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Grpc.AspNetCore 2.85.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
