#!/usr/bin/env bash
# KillSiloAsync of Orleans' TestingHost stops a silo in order: OnDeactivateAsync runs for its grains, so that what they save there is saved.
# Guess: it is the counterpart of StopSiloAsync and ends the silo as a crash does, without a word to its grains.
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

await using var cluster = new InProcessTestClusterBuilder(2).Build();
await cluster.DeployAsync();
foreach (var key in Enumerable.Range(0, 20))
{
    await cluster.Client.GetGrain<IDraft>(key).Write();
}
var killed = cluster.Silos[1];
var held = Draft.Places.Count(place => place.Value == killed.SiloAddress.ToString());
await cluster.KillSiloAsync(killed);
Console.WriteLine($"killed silo had grains: {held > 0}");
Console.WriteLine($"all of them ran OnDeactivateAsync: {Draft.Saved.Count == held}");
Console.WriteLine($"reasons: {string.Join(",", Draft.Saved.Values.Distinct())}");

public interface IDraft : IGrainWithIntegerKey
{
    Task Write();
}

public sealed class Draft(ILocalSiloDetails silo) : Grain, IDraft
{
    public static readonly System.Collections.Concurrent.ConcurrentDictionary<long, string> Places = new();
    public static readonly System.Collections.Concurrent.ConcurrentDictionary<long, DeactivationReasonCode> Saved = new();

    public Task Write()
    {
        Places[this.GetPrimaryKeyLong()] = silo.SiloAddress.ToString();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Saved[this.GetPrimaryKeyLong()] = reason.ReasonCode;
        return Task.CompletedTask;
    }
}
CS

expected='killed silo had grains: True
all of them ran OnDeactivateAsync: True
reasons: ShuttingDown'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.Orleans.Server 10.4.2' "$expected" "$seen"
[[ $seen == "$expected" ]]
