# Reports for periods that have not begun are refused, in 2042 and 9999 and next year's first quarter.
# d2d4741: takes them all and exits 0.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
next=$(TZ=Asia/Shanghai date -d '+1 year' +%Y)
for period in 2042 9999 "${next}Q1"; do
  printf '{"unit":"990001","form":"interaction","period":"%s","cells":{"1.1":10}}' "$period" > a.json
  exits 1 agg submit a.json --key-file unit.key
  says period.begun "$period" 尚未开始
  exits 1 agg validate a.json --key-file unit.key
done
