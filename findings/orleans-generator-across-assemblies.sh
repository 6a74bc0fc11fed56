#!/usr/bin/env bash
# Orleans' code generator does not make serializers for the records of a referenced project that only has the attributes: first it refuses the
# project's reference assembly (ORLEANS0110); where the project makes none, it refuses init-only properties (ORLEANS0101).
# Guess: GenerateCodeForDeclaringAssembly makes them, as the attributes are in a package of their own, Orleans.Serialization.Abstractions.
set -euo pipefail
version=10.4.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir values contracts

cat > values/values.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Serialization.Abstractions" Version="$version" />
  </ItemGroup>
</Project>
XML
cat > values/Amount.cs <<'CS'
using Orleans;

[GenerateSerializer]
public sealed record Amount([property: Id(0)] long Units, [property: Id(1)] int Nanos);
CS

cat > contracts/contracts.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Sdk" Version="$version" />
    <ProjectReference Include="../values/values.csproj" />
  </ItemGroup>
</Project>
XML
cat > contracts/Contracts.cs <<'CS'
using Orleans;

[assembly: GenerateCodeForDeclaringAssembly(typeof(Amount))]
CS

codes() { dotnet build contracts -v:q -clp:NoSummary "$@" 2>&1 | grep -oE 'error ORLEANS[0-9]+' | sort -u | paste -sd, || true; }
seen="with a reference assembly: $(codes); without: $(codes -p:ProduceReferenceAssembly=false)"
expected="with a reference assembly: error ORLEANS0110; without: error ORLEANS0101"
echo "Microsoft.Orleans.Sdk $version"
echo "expected $expected"
echo "seen     $seen"
[[ $seen == "$expected" ]]
