#!/usr/bin/env bash
# A workbook written by exceljs cannot be read by exceljs any more once the Open XML SDK has changed a number in it: the SDK writes the
# parts it touches with the prefix x:, which is the same XML, and exceljs compares names with their prefixes. A new workbook of the SDK
# fares alike. The TypeErrors say nothing of it.
# Guess: a reader of XML does not care which prefix stands for a namespace, as xlsx does not, or it says what it cannot read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": { "exceljs": "4.4.0", "xlsx": "0.18.5" }
}
JSON

cat > write.js <<'JS'
import exceljs from "exceljs";

const book = new exceljs.Workbook();
book.addWorksheet("Figures").getCell("A1").value = 41;
await book.xlsx.writeFile("first.xlsx");
JS

cat > read.js <<'JS'
import exceljs from "exceljs";
import xlsx from "xlsx";

for (const name of ["first.xlsx", "changed.xlsx", "new.xlsx"]) {
  console.log(`${name}: xlsx reads ${xlsx.readFile(name).Sheets.Figures.A1.v}`);
  const book = new exceljs.Workbook();
  const read = await book.xlsx.readFile(name).then(() => `reads ${book.getWorksheet("Figures").getCell("A1").value}`, String);
  console.log(`${name}: exceljs ${read}`);
}
JS

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="Program.cs" />
    <PackageReference Include="DocumentFormat.OpenXml" Version="3.3.0" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

File.Copy("first.xlsx", "changed.xlsx");
using (var changed = SpreadsheetDocument.Open("changed.xlsx", isEditable: true))
{
    changed.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>().Single().CellValue = new CellValue(42);
}
using (var created = SpreadsheetDocument.Create("new.xlsx", SpreadsheetDocumentType.Workbook))
{
    var book = created.AddWorkbookPart();
    var sheet = book.AddNewPart<WorksheetPart>();
    sheet.Worksheet = new Worksheet(new SheetData(new Row(new Cell(new CellValue(43)) { CellReference = "A1" }) { RowIndex = 1 }));
    book.Workbook = new Workbook(new Sheets(new Sheet { Name = "Figures", SheetId = 1, Id = book.GetIdOfPart(sheet) }));
}
using (var created = SpreadsheetDocument.Open("new.xlsx", isEditable: false))
{
    Console.WriteLine($"new.xlsx: {new OpenXmlValidator().Validate(created).Count()} faults for the validator");
}
CS

expected="new.xlsx: 0 faults for the validator
first.xlsx: xlsx reads 41
first.xlsx: exceljs reads 41
changed.xlsx: xlsx reads 42
changed.xlsx: exceljs TypeError: Cannot set properties of undefined (setting 'sheetNo')
new.xlsx: xlsx reads 43
new.xlsx: exceljs TypeError: Cannot read properties of undefined (reading 'sheets')"

{
    npm install --silent --no-audit --no-fund
    dotnet build -c Release -v:quiet -clp:NoSummary -o out
} > build.log 2>&1 || { cat build.log >&2; exit 1; }
node write.js
seen=$(dotnet out/finding.dll; node read.js)
printf '%s\nexpected:\n%s\nseen:\n%s\n' 'exceljs 4.4.0, xlsx 0.18.5, DocumentFormat.OpenXml 3.3.0' "$expected" "$seen"
[[ $seen == "$expected" ]]
