# A formula that nobody calculated, where an explanation belongs, is an error that names its cell.
# d2d4741: files the formula's text as the explanation.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990000 --read 990000
exits 0 agg template --form 2021 -o t.xlsx --unit 990000 --period 2024 --key-file admin.key
node "$HERE/workbook.mjs" t.xlsx f.xlsx '二、主动公开政府信息情况!B3=><v>12</v>' \
  '情况说明!A2=t="str"><v>filed-early</v>' '情况说明!B2=><f>CONCATENATE("a","b")</f>'
exits 2 agg submit f.xlsx --key-file unit.key
says 情况说明 B2
