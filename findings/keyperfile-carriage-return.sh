#!/usr/bin/env bash
# AddKeyPerFile takes one Environment.NewLine off the end of a file and nothing else: on Linux a password written with \r\n keeps its \r, and
# of two line ends one stays.
# Guess: the line end goes, whichever system wrote the file, as it does for a file that is read by lines.
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
    <PackageReference Include="Microsoft.Extensions.Configuration.KeyPerFile" Version="10.0.15" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Text.Json;
using Microsoft.Extensions.Configuration;

var secrets = Directory.CreateDirectory("secrets").FullName;
foreach (var text in new[] { "abc", "abc\n", "abc\r\n", "abc\n\n" })
{
    File.WriteAllText(Path.Combine(secrets, "password"), text);
    var read = new ConfigurationBuilder().AddKeyPerFile(secrets).Build()["password"];
    Console.WriteLine($"{JsonSerializer.Serialize(text)} is read as {JsonSerializer.Serialize(read)}, read by lines {JsonSerializer.Serialize(File.ReadAllLines(Path.Combine(secrets, "password"))[0])}");
}
CS

expected='"abc" is read as "abc", read by lines "abc"
"abc\n" is read as "abc", read by lines "abc"
"abc\r\n" is read as "abc\r", read by lines "abc"
"abc\n\n" is read as "abc\n", read by lines "abc"'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'Microsoft.Extensions.Configuration.KeyPerFile 10.0.15' "$expected" "$seen"
[[ $seen == "$expected" ]]
