#!/usr/bin/env bash
# The text of a spreadsheet cell ends at a comment and after a CDATA section, without an error: 12 written as 1<!-- -->2 is read as 1.
# Guess: text is read as every XML reader reads it.
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
    <PackageReference Include="DocumentFormat.OpenXml" Version="3.3.0" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using DocumentFormat.OpenXml.Spreadsheet;

foreach (var text in new[] { "12", "1<!-- -->2", "<![CDATA[1]]>2" })
{
    Console.WriteLine(new Cell($"<c xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><v>{text}</v></c>").CellValue!.Text);
}
CS

expected='12
1
1'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'DocumentFormat.OpenXml 3.3.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
