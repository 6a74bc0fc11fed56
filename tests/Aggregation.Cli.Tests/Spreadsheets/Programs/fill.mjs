// Fills in the template, as LibreOffice saved it to saved.xlsx, with exceljs and SheetJS (xlsx).
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';

const filed = new Date(Date.UTC(2025, 0, 21, 10, 30));
const names = ['填报信息', '小表', '情况说明'];

for (const [path, formula] of [['exceljs.xlsx', { formula: '5+6', result: 11 }], ['exceljs-not-calculated.xlsx', { formula: '5+6' }]]) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile('saved.xlsx');
  const [cover, table, notes] = names.map(name => book.getWorksheet(name));
  const put = (sheet, values) => { for (const [place, value] of Object.entries(values)) sheet.getCell(place).value = value; };
  put(cover, { B5: 360300, B6: 2024, B7: filed, B8: false });
  put(table, { B1: 12, B2: formula, B4: 1036.5 });
  put(notes, { A2: 'filed-early', B2: '先行填报\n第二行 & <>' });
  book.addWorksheet('名单', { state: 'hidden' }).getCell('A1').value = '市';
  book.addWorksheet('data', { state: 'veryHidden' }).getCell('A1').value = 1;
  await book.xlsx.writeFile(path);
}

for (const [path, formula] of [['sheetjs.xlsx', { t: 'n', f: '5+6', v: 11 }], ['sheetjs-not-calculated.xlsx', { t: 'n', f: '5+6' }]]) {
  const book = XLSX.readFile('saved.xlsx', { cellDates: true });
  const [cover, table, notes] = names.map(name => book.Sheets[name]);
  Object.assign(cover, { '!ref': 'A1:B8', B5: { t: 'n', v: 360300 }, B6: { t: 'n', v: 2024 }, B7: { t: 'd', v: filed }, B8: { t: 'b', v: false } });
  Object.assign(table, { '!ref': 'A1:B4', B1: { t: 'n', v: 12 }, B2: formula, B4: { t: 'n', v: 1036.5 } });
  Object.assign(notes, { '!ref': 'A1:B201', A2: { t: 's', v: 'filed-early' }, B2: { t: 's', v: '先行填报\r\n第二行 & <>' } });
  XLSX.writeFile(book, path, { compression: true });
}
