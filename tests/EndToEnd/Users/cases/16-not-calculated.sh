# A formula with an empty result, as scripts write them, is an error that names its cell, and nothing is filed.
# d2d4741: files the report without the figure and exits 0.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990000 --read 990000
exits 0 agg template --form 2021 -o t.xlsx --unit 990000 --period 2024 --key-file admin.key
node "$HERE/workbook.mjs" t.xlsx f.xlsx '二、主动公开政府信息情况!B3=><f>5+6</f><v></v>' '二、主动公开政府信息情况!C3=><v>3</v>'
exits 2 agg submit f.xlsx --key-file unit.key
says '二、主动公开政府信息情况' B3 =5+6
exits 5 agg get 990000 2021 2024 --key-file unit.key
