# A merger dated into a year that was filed and accepted: the plan names the report that leaves its totals and the successor, and applying asks.
# d2d4741: applies it, and the city's accepted total falls from 63 to 32 without a word.
new_tenant
a_key all --submit '*' --read '*'
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990301,丁县,government,county,990300,,\n990302,戊县,government,county,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
printf 'unit,form,period,cell,value\n990301,items-by-class,2025,total,32\n990301,items-by-class,2025,1,32\n990302,items-by-class,2025,total,31\n990302,items-by-class,2025,1,31\n' > s.csv
exits 0 agg submit s.csv --key-file all.key
printf 'change,from,unit,into\n合并,2025-07-01,990302,990301\n' > c.csv
exits 0 agg units restructure c.csv --dry-run --json --key-file admin.key
says '"losses"' '"successor": "990301"' '"totals": [ "990302", "990300", "990000" ]'
exits 1 agg units restructure c.csv --key-file admin.key
says accept_loss '990302 items-by-class 2025' '990301'
call OK RollupService/GetTotal all.key '{"total":{"unit":"990300","form":"items-by-class","period":"2025","layer":"LAYER_ACCEPTED"}}'
says '"units":"63"'
exits 0 agg units restructure c.csv --accept-loss --key-file admin.key
for ((look = 0; look < 100; look++)); do
  call OK RollupService/GetTotal all.key '{"total":{"unit":"990300","form":"items-by-class","period":"2025","layer":"LAYER_ACCEPTED"}}'
  if [[ $out == *'"units":"32"'* ]]; then break; fi
done
says '"units":"32"'
