#!/usr/bin/env bash
# A caller in the silo's own process that awaits one grain call after the other gives its thread to nothing else: of what waits in the pool's
# queue, not one item runs during 100,000 calls. Orleans queues turns to the running thread's own queue, and .NET's pool empties that one
# first. One Task.Yield between the calls puts it right. The pool has one thread here, so that the count is exact.
# Guess: an awaited call gives way, so that what is queued waits for a call or two.
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
using Orleans.Concurrency;
using Orleans.TestingHost;

const int Calls = 100_000;
await using var cluster = new InProcessTestClusterBuilder(1).Build();
await cluster.DeployAsync();
var count = cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<ICount>(0);
await count.InTurn();
ThreadPool.GetMaxThreads(out _, out var completionPortThreads);
if (!ThreadPool.SetMaxThreads(1, completionPortThreads))
{
    throw new InvalidOperationException("One thread needs DOTNET_PROCESSOR_COUNT=1.");
}
await See("calls in turn", count.InTurn);
await See("interleaving calls", count.Interleaved);
await See("interleaving calls, Task.Yield after each", async () =>
{
    await count.Interleaved();
    await Task.Yield();
});

static Task See(string title, Func<Task> call) => Task.Run(async () =>
{
    var calls = 0;
    var ran = new TaskCompletionSource<int>();
    ThreadPool.QueueUserWorkItem(_ => ran.SetResult(calls));
    while (calls < Calls)
    {
        await call();
        calls++;
    }
    Console.WriteLine($"{title}: the queued item ran after {await ran.Task} of {calls}");
});

public interface ICount : IGrainWithIntegerKey
{
    [AlwaysInterleave]
    Task<long> Interleaved();

    Task<long> InTurn();
}

public sealed class Count : Grain, ICount
{
    public Task<long> Interleaved() => Task.FromResult(1L);

    public Task<long> InTurn() => Task.FromResult(1L);
}
CS

expected='calls in turn: the queued item ran after 100000 of 100000
interleaving calls: the queued item ran after 100000 of 100000
interleaving calls, Task.Yield after each: the queued item ran after 0 of 100000'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(DOTNET_PROCESSOR_COUNT=1 timeout 120 dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.Orleans.Server 10.4.2, .NET 10' "$expected" "$seen"
[[ $seen == "$expected" ]]
