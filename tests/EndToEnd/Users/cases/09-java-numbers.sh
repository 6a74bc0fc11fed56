# A workbook whose numbers a Java program wrote as doubles, with a day and its time of day, is filed for that year and day.
# d2d4741: refuses the period 2024.0 and the day 45667.4375.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990000 --read 990000
exits 0 agg template --form 2021 -o t.xlsx --key-file admin.key
node "$HERE/workbook.mjs" t.xlsx f.xlsx '填报信息!B5=><v>990000.0</v>' '填报信息!B6=><v>2024.0</v>' '填报信息!B7=><v>45667.4375</v>' \
  '二、主动公开政府信息情况!B3=><v>12.0</v>'
exits 0 agg submit f.xlsx --key-file unit.key
exits 0 agg get 990000 2021 2024 --json --key-file unit.key
says 2025-01-10 '"units": "12"'
