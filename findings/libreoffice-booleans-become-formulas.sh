#!/usr/bin/env bash
# LibreOffice 7.4.7 saves a Boolean constant of an .xlsx as a formula with a value: true comes back as =TRUE().
# Guess: a constant stays a constant when a workbook is opened and saved, as text and numbers do.
# Needs soffice (Debian: apt-get install libreoffice-calc-nogui) and Node.js 20.
set -euo pipefail
command -v soffice > /dev/null || { echo 'soffice is missing: apt-get install libreoffice-calc-nogui' >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": { "xlsx": "0.18.5" }
}
JSON

cat > write.js <<'JS'
import xlsx from "xlsx";

const book = xlsx.utils.book_new();
xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([["paid", 5, true, false]]), "Figures");
xlsx.writeFile(book, "book.xlsx");
JS

cat > read.js <<'JS'
import xlsx from "xlsx";

for (const name of ["book.xlsx", "saved/book.xlsx"]) {
  const sheet = xlsx.readFile(name).Sheets.Figures;
  const cells = ["A1", "B1", "C1", "D1"].map((at) => sheet[at].f ? `=${sheet[at].f} (${sheet[at].v})` : `${sheet[at].v}`);
  console.log(`${name}: ${cells.join(", ")}`);
}
JS

expected='book.xlsx: paid, 5, true, false
saved/book.xlsx: paid, 5, =TRUE() (true), =FALSE() (false)'

npm install --silent --no-audit --no-fund > build.log 2>&1 || { cat build.log >&2; exit 1; }
node write.js
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to xlsx --outdir saved book.xlsx > convert.log 2>&1 \
    || { cat convert.log >&2; exit 1; }
seen=$(node read.js)
printf '%s\nexpected:\n%s\nseen:\n%s\n' "LibreOffice 7.4.7 (here: $(soffice --version | head -n 1)), xlsx 0.18.5" "$expected" "$seen"
[[ $seen == "$expected" ]]
