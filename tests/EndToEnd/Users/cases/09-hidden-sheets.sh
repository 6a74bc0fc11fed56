# A workbook with a hidden sheet of the program's own, as WPS and Excel add them, is read.
# d2d4741: refuses the file for what the hidden sheet holds.
new_tenant
exits 0 agg template --form 2021 -o t.xlsx --unit 990000 --period 2024 --key-file admin.key
node "$HERE/workbook.mjs" t.xlsx f.xlsx '二、主动公开政府信息情况!B3=><v>12</v>' hidden:WpsReserved_CellImgList
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990000 --read 990000
exits 0 agg submit f.xlsx --key-file unit.key
