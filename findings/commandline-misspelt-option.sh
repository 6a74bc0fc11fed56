#!/usr/bin/env bash
# System.CommandLine takes a misspelt option as one more argument if the command takes several: no error, exit code 0.
# Guess: a word that begins with two dashes and is no option is refused, as it is for a command without such an argument.
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
    <PackageReference Include="System.CommandLine" Version="2.0.15" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.CommandLine;

var files = new Argument<string[]>("files");
var trying = new Option<bool>("--dry-run");
var remove = new Command("remove") { files, trying };
remove.SetAction(result =>
    Console.WriteLine($"remove {string.Join(",", result.GetValue(files)!)}, only trying: {result.GetValue(trying)}"));
var name = new Argument<string>("name");
var show = new Command("show") { name };
show.SetAction(result => Console.WriteLine($"show {result.GetValue(name)}"));
var root = new RootCommand { remove, show };

foreach (var line in new[] { "remove a.csv --dry-run", "remove a.csv --dryrun", "show a.csv --dryrun" })
{
    var code = root.Parse(line).Invoke(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null });
    Console.WriteLine($"exit code {code}");
}
CS

expected='remove a.csv, only trying: True
exit code 0
remove a.csv,--dryrun, only trying: False
exit code 0
exit code 1'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'System.CommandLine 2.0.15' "$expected" "$seen"
[[ $seen == "$expected" ]]
