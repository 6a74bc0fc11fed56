# Two counties file 2025 and one is merged into the other from July on: a restated series counts reports and units of one list.
# d2d4741: the restated series says that 2 of 1 have reported, 63 in all, where the total of the period is 32.
new_tenant
a_key all --submit '*' --read '*'
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990301,丁县,government,county,990300,,\n990302,戊县,government,county,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
printf 'unit,form,period,cell,value\n990301,items-by-class,2025,total,32\n990301,items-by-class,2025,1,32\n990302,items-by-class,2025,total,31\n990302,items-by-class,2025,1,31\n' > s.csv
exits 0 agg submit s.csv --key-file all.key
printf '{"changes":[{"change":"merge","from":"2025-07-01","unit":"990302","into":"990301"}],"structure_version":"1","accept_loss":true}' > c.json
call OK AdminService/ApplyRestructuring admin.key "$(cat c.json)"
for unit in 990301 990300; do
  call OK RollupService/GetSeries all.key '{"unit":"'$unit'","form":"items-by-class","periods":["2025"],"mode":"STRUCTURE_MODE_RESTATED","on":"2026-01-01"}'
  restated=$(node -e 'const p = JSON.parse(process.argv[1]).points[0]; console.log(p.coverage.submitted, p.coverage.expected, p.cells.map(c => c.amount.units).join(" "), p.digest)' "$out")
  call OK RollupService/GetSeries all.key '{"unit":"'$unit'","form":"items-by-class","periods":["2025"],"mode":"STRUCTURE_MODE_AS_IT_WAS"}'
  as_it_was=$(node -e 'const p = JSON.parse(process.argv[1]).points[0]; console.log(p.coverage.submitted, p.coverage.expected, p.cells.map(c => c.amount.units).join(" "), p.digest)' "$out")
  out=$restated
  says "1 $([[ $unit == 990301 ]] && echo 1 || echo 2) 32 32"
  [[ $restated == "$as_it_was" ]] || { echo "as it was: $as_it_was"; exit 1; }
done
