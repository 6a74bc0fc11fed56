#!/usr/bin/env bash
# JSON transcoding answers HTTP 500 without a body, in place of the refusal, if the refusal has a google.rpc detail of a type that
# TypeRegistry was not given: google.rpc.BadRequest too. The service threw InvalidArgument, which is 400.
# Guess: such a detail is left out, or the standard types are known; the status code survives either way.
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
    <IncludeHttpRuleProtos>true</IncludeHttpRuleProtos>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.AspNetCore.Grpc.JsonTranscoding" Version="10.0.15" />
    <PackageReference Include="Grpc.StatusProto" Version="2.85.0" />
    <PackageReference Include="Grpc.AspNetCore" Version="2.85.0" />
    <Protobuf Include="door.proto" GrpcServices="Server" />
  </ItemGroup>
</Project>
XML

cat > door.proto <<'PROTO'
syntax = "proto3";
import "google/api/annotations.proto";
message Way { string name = 1; }
service DoorService {
  rpc Open(Way) returns (Way) { option (google.api.http) = { get: "/open/{name}" }; }
}
PROTO

cat > Program.cs <<'CS'
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

foreach (var known in new[] { false, true })
{
    var builder = WebApplication.CreateBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddGrpc().AddJsonTranscoding(options =>
    {
        if (known)
        {
            options.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);
        }
    });
    await using var app = builder.Build();
    app.MapGrpcService<Door>();
    await app.StartAsync();
    using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    foreach (var way in new[] { "plain", "detailed" })
    {
        using var answer = await http.GetAsync($"/open/{way}");
        var body = await answer.Content.ReadAsStringAsync();
        Console.WriteLine($"type known {known}, {way}: {(int)answer.StatusCode}, body: {(body.Contains("no such door") ? "message" : body.Length.ToString())}");
    }
}

public sealed class Door : DoorService.DoorServiceBase
{
    public override Task<Way> Open(Way request, ServerCallContext context)
    {
        var status = new Google.Rpc.Status { Code = (int)Code.InvalidArgument, Message = "no such door" };
        if (request.Name == "detailed")
        {
            status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest()));
        }
        throw status.ToRpcException();
    }
}
CS

expected='type known False, plain: 400, body: message
type known False, detailed: 500, body: 0
type known True, plain: 400, body: message
type known True, detailed: 400, body: message'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.AspNetCore.Grpc.JsonTranscoding 10.0.15' "$expected" "$seen"
[[ $seen == "$expected" ]]
