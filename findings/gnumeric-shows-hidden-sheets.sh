#!/usr/bin/env bash
# ssconvert of Gnumeric 1.12.55 reads that a sheet is hidden or very hidden and does not write it to an .xlsx: whoever opens the copy sees
# all sheets. It says nothing of it, and its exit code is 0.
# Guess: what is hidden stays hidden, as it does in a copy in Gnumeric's own format.
# Needs ssconvert (Debian: apt-get install gnumeric) and Node.js 20.
set -euo pipefail
command -v ssconvert > /dev/null || { echo 'ssconvert is missing: apt-get install gnumeric' >&2; exit 2; }
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
for (const name of ["Figures", "Salaries", "Keys"]) xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([[1]]), name);
book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 2 }] };
xlsx.writeFile(book, "book.xlsx");
JS

cat > read.js <<'JS'
import xlsx from "xlsx";

const states = ["visible", "hidden", "very hidden"];
for (const name of ["book.xlsx", "copy.xlsx"]) {
  const sheets = xlsx.readFile(name).Workbook.Sheets;
  console.log(`${name}: ${sheets.map((sheet) => `${sheet.name} ${states[sheet.Hidden]}`).join(", ")}`);
}
JS

expected='book.xlsx: Figures visible, Salaries hidden, Keys very hidden
copy.xlsx: Figures visible, Salaries visible, Keys visible
copy.gnumeric: VISIBLE HIDDEN VERY_HIDDEN'

npm install --silent --no-audit --no-fund > build.log 2>&1 || { cat build.log >&2; exit 1; }
node write.js
for copy in copy.xlsx copy.gnumeric; do
    ssconvert book.xlsx "$copy" > convert.log 2>&1 || { cat convert.log >&2; exit 1; }
done
kept=$(gzip -dc copy.gnumeric | sed -n 's/.*Visibility="GNM_SHEET_VISIBILITY_\([A-Z_]*\)".*/\1/p' | paste -sd ' ')
seen=$(node read.js; echo "copy.gnumeric: $kept")
printf '%s\nexpected:\n%s\nseen:\n%s\n' "Gnumeric 1.12.55 (here: $(ssconvert --version 2>&1 | head -n 1)), xlsx 0.18.5" "$expected" "$seen"
[[ $seen == "$expected" ]]
