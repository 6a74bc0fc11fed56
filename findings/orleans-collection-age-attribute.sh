#!/usr/bin/env bash
# [CollectionAgeLimit] on a grain class wins over the age that GrainCollectionOptions.ClassSpecificCollectionAge sets for it; a class that does not exist may be named there too.
# Guess: the attribute is the default that is compiled in, and configuration overrides it.
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
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

var builder = new InProcessTestClusterBuilder(1);
builder.ConfigureSilo((_, silo) => silo.Configure<GrainCollectionOptions>(options =>
{
    options.CollectionQuantum = TimeSpan.FromSeconds(1);
    options.CollectionAge = TimeSpan.FromHours(1);
    options.ClassSpecificCollectionAge[typeof(Plain).FullName!] = TimeSpan.FromSeconds(2);
    options.ClassSpecificCollectionAge[typeof(Marked).FullName!] = TimeSpan.FromSeconds(2);
    options.ClassSpecificCollectionAge["NoSuchClass"] = TimeSpan.FromSeconds(2);
}));
await using var cluster = builder.Build();
await cluster.DeployAsync();
await cluster.Client.GetGrain<IPlain>(0, "Plain").Touch();
await cluster.Client.GetGrain<IMarked>(0).Touch();
await Gone.Plain.Task.WaitAsync(TimeSpan.FromSeconds(40));
Console.WriteLine("plain: collected after the configured 2 s");
var marked = await Task.WhenAny(Gone.Marked.Task, Task.Delay(TimeSpan.FromSeconds(6)));
Console.WriteLine($"marked with one day: {(marked == Gone.Marked.Task ? "collected" : "still there 6 s later")}");

public static class Gone
{
    public static readonly TaskCompletionSource Plain = new(), Marked = new();
}

public interface IPlain : IGrainWithIntegerKey
{
    Task Touch();
}

public interface IMarked : IPlain;

public class Plain : Grain, IPlain
{
    public Task Touch() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        (this is Marked ? Gone.Marked : Gone.Plain).TrySetResult();
        return Task.CompletedTask;
    }
}

[CollectionAgeLimit(Days = 1)]
public sealed class Marked : Plain, IMarked;
CS

expected='plain: collected after the configured 2 s
marked with one day: still there 6 s later'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.Orleans.Server 10.4.2' "$expected" "$seen"
[[ $seen == "$expected" ]]
