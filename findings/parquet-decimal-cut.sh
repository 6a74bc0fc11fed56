#!/usr/bin/env bash
# Parquet.Net writes a decimal member with 18 decimal places and drops the others: no error, no rounding.
# Guess: a value that does not fit is refused, or at least rounded.
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
    <PackageReference Include="Parquet.Net" Version="6.1.0" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Globalization;
using Parquet.Serialization;

using var file = new MemoryStream();
await ParquetSerializer.SerializeAsync([new Rate { Value = 2m / 3 }, new Rate { Value = 0.0000000000000000009m }], file);
file.Position = 0;
foreach (var rate in (await ParquetSerializer.DeserializeAsync<Rate>(file)).Data)
{
    Console.WriteLine((rate.Value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
}
public sealed class Rate
{
    public decimal Value { get; set; }
}
CS

expected='0.666666666666666666
0'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Parquet.Net 6.1.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
