# A watch of a county that is merged, and one of its obligations, ends with a status that says so and names the successor.
# d2d4741: says for seconds nothing, then that there is no such unit; to the county's own key, that it may not read it.
new_tenant
a_key all --submit '*' --read '*'
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990301,丁县,government,county,990300,,\n990302,戊县,government,county,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key own --submit 990302 --read 990302
exits 0 agg task open items-by-class 2025 --deadline county,city,province=2199-12-31 --key-file admin.key
agg watch 990302 items-by-class 2025 --json --key-file own.key > total.out 2>&1 & total=$!
agg task obligations 990302 items-by-class 2025 --watch --json --key-file own.key > obligations.out 2>&1 & obligations=$!
for file in total.out obligations.out; do
  for ((tick = 0; tick < 600; tick++)); do [[ -s $file ]] && break; sleep 0.1; done
done
printf 'change,from,unit,into\nmerge,2025-07-01,990302,990301\n' > c.csv
exits 0 agg units restructure c.csv --key-file admin.key
for watch in $total $obligations; do
  code=0
  wait $watch || code=$?
  [[ $code == 5 ]] || { echo "a watch ended with $code, not 5: $(cat total.out obligations.out)"; exit 1; }
done
for file in total.out obligations.out; do
  out=$(cat $file)
  echo "$out"
  says NOT_FOUND "'990302' left tree territory on 2025-07-01; '990301' took over"
done
