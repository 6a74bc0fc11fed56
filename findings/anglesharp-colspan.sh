#!/usr/bin/env bash
# AngleSharp reads a colspan above 1000, and one with anything after its digits, as 1.
# Guess: as browsers do and HTML asks: at most 1000, and digits count up to the first other character.
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
    <PackageReference Include="AngleSharp" Version="1.10.3" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

foreach (var span in new[] { "3", "3 ", "3px", "100%", "1000", "1001" })
{
    var page = new HtmlParser().ParseDocument($"<table><tr><td colspan='{span}'>total</table>");
    Console.WriteLine($"{span.Replace(' ', '_')} -> {((IHtmlTableCellElement)page.QuerySelector("td")!).ColumnSpan}");
}
CS

expected='3 -> 3
3_ -> 3
3px -> 1
100% -> 1
1000 -> 1000
1001 -> 1'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'AngleSharp 1.10.3' "$expected" "$seen"
[[ $seen == "$expected" ]]
