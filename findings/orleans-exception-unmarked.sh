#!/usr/bin/env bash
# An exception class without [GenerateSerializer] that a grain throws reaches its caller as CodecNotFoundException: the message is lost,
# and no catch of a base class meets it. As an inner exception it takes the outer one, which Orleans knows, with it.
# Guess: the caller gets a base class or a substitute with the text, as an exception of an unknown type is common.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Server" Version="10.4.2" />
    <PackageReference Include="Microsoft.Orleans.TestingHost" Version="10.4.2" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using Orleans.TestingHost;

await using var cluster = new InProcessTestClusterBuilder(1).Build();
await cluster.DeployAsync();
var door = cluster.Client.GetGrain<IDoor>(0);
await Call(door.Known);
await Call(door.Own);
await Call(door.Derived);
await Call(door.Inner);

static async Task Call(Func<Task> call)
{
    try
    {
        await call();
    }
    catch (Exception error)
    {
        Console.WriteLine($"{error.GetType().Name}, ArgumentException: {error is ArgumentException}, has its message: {error.Message == "shut"}");
    }
}

public sealed class DoorException(string message) : Exception(message);

public sealed class DoorArgumentException(string message) : ArgumentException(message);

public interface IDoor : IGrainWithIntegerKey
{
    Task Known();
    Task Own();
    Task Derived();
    Task Inner();
}

public sealed class Door : Grain, IDoor
{
    public Task Known() => throw new ArgumentException("shut");
    public Task Own() => throw new DoorException("shut");
    public Task Derived() => throw new DoorArgumentException("shut");
    public Task Inner() => throw new ArgumentException("shut", new DoorException("cause"));
}
CS

expected='ArgumentException, ArgumentException: True, has its message: True
CodecNotFoundException, ArgumentException: False, has its message: False
CodecNotFoundException, ArgumentException: False, has its message: False
CodecNotFoundException, ArgumentException: False, has its message: False'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.Orleans.Server 10.4.2' "$expected" "$seen"
[[ $seen == "$expected" ]]
