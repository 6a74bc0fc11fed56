#!/usr/bin/env bash
# A row of a Word table that stands in a content control is not among the table's Elements<TableRow>(), nor a cell among its row's Elements<TableCell>().
# Guess: rows are children of their table, and cells of their row.
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
using DocumentFormat.OpenXml.Wordprocessing;

static TableCell Cell(string text) => new(new Paragraph(new Run(new Text(text))));

var table = new Table(
    new TableRow(Cell("received"), Cell("10")),
    new SdtRow(new SdtContentRow(new TableRow(Cell("answered"), Cell("9")))),
    new TableRow(Cell("open"), new SdtCell(new SdtContentCell(Cell("1")))));
foreach (var row in table.Elements<TableRow>())
{
    Console.WriteLine(string.Join(" ", row.Elements<TableCell>().Select(cell => cell.InnerText)));
}
CS

expected='received 10
open'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'DocumentFormat.OpenXml 3.3.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
