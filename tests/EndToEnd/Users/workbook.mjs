// Writes cells into a workbook as another program would: node workbook.mjs IN.xlsx OUT.xlsx SHEET!PLACE=REST ... [hidden:NAME]
// REST is the cell's XML between its place and its end tag, such as '><v>12.0</v>'; hidden:NAME adds a hidden sheet that holds 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';

const [input, output, ...changes] = process.argv.slice(2);
const parts = unpack(readFileSync(input));
const at = name => {
  const id = parts['xl/workbook.xml'].match(new RegExp(`<x:sheet name="${name}"[^>]* r:id="([^"]+)"`))[1];
  const relation = parts['xl/_rels/workbook.xml.rels'].match(new RegExp(`<Relationship [^>]*Id="${id}"[^>]*>`))[0];
  return relation.match(/Target="\/?([^"]+)"/)[1].replace(/^(?!xl\/)/, 'xl/');
};
for (const change of changes) {
  if (change.startsWith('hidden:')) {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main', office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    parts['xl/worksheets/hidden.xml'] = `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`;
    edit('xl/workbook.xml', /<\/x:sheets>/, `<x:sheet xmlns:h="${office}" name="${change.slice(7)}" sheetId="99" state="veryHidden" h:id="hidden"/></x:sheets>`);
    edit('xl/_rels/workbook.xml.rels', /<\/Relationships>/, `<Relationship Id="hidden" Type="${office}/worksheet" Target="worksheets/hidden.xml"/></Relationships>`);
    edit('[Content_Types].xml', /<\/Types>/, '<Override PartName="/xl/worksheets/hidden.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>');
    continue;
  }
  const [, sheet, place, rest] = change.match(/^(.+?)!([A-Z]+\d+)=(.*)$/s);
  edit(at(sheet), new RegExp(`<x:c r="${place}"(?:[^>]*/>|.*?</x:c>)`, 's'), `<x:c r="${place}" ${rest.replace(/<(\/?)/g, '<$1x:')}</x:c>`);
}
writeFileSync(output, pack(parts));

function edit(path, what, by) {
  if (!what.test(parts[path])) throw new Error(`${what} is not in ${path}`);
  parts[path] = parts[path].replace(what, () => by);
}

function unpack(zip) {
  const files = {};
  let entry = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const [method, size, name, extra, note, local] = [zip.readUInt16LE(entry + 10), zip.readUInt32LE(entry + 20), zip.readUInt16LE(entry + 28),
      zip.readUInt16LE(entry + 30), zip.readUInt16LE(entry + 32), zip.readUInt32LE(entry + 42)];
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    files[zip.toString('utf8', entry + 46, entry + 46 + name)] = (method ? inflateRawSync(bytes) : bytes).toString();
    entry += 46 + name + extra + note;
  }
  return files;
}

function pack(files) {
  const locals = [], centrals = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(text)];
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(path.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), about, path, bytes);
    centrals.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, central, path);
    offset += 30 + path.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(centrals.reduce((sum, part) => sum + part.length, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}
