#!/usr/bin/env bash
# InnerText of a table cell in a Word document holds the formula of a field before its result, and text that was deleted under tracked changes.
# Guess: it is what the reader of the document sees.
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

var total = new TableCell(new Paragraph(
    new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
    new Run(new FieldCode("=SUM(ABOVE)")),
    new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
    new Run(new Text("1234")),
    new Run(new FieldChar { FieldCharType = FieldCharValues.End })));
var corrected = new TableCell(new Paragraph(
    new DeletedRun(new Run(new DeletedText("56"))),
    new InsertedRun(new Run(new Text("65")))));
var negative = new TableCell(new Paragraph(new Run(new NoBreakHyphen(), new Text("7"))));
foreach (var cell in new[] { total, corrected, negative })
{
    Console.WriteLine(cell.InnerText);
}
CS

expected='=SUM(ABOVE)1234
5665
7'

dotnet build -c Release -v:quiet -clp:NoSummary -o out > build.log || { cat build.log >&2; exit 1; }
seen=$(dotnet out/finding.dll)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'DocumentFormat.OpenXml 3.3.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
