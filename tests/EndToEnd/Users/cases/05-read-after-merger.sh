# What a county filed that was merged since stays to be read, with its own key and its city's; to withdraw it is refused clearly.
# d2d4741: NOT_FOUND for who reads everything, PERMISSION_DENIED for the county's own key.
new_tenant
a_key all --submit '*' --read '*'
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990301,丁县,government,county,990300,,\n990302,戊县,government,county,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key own --submit 990302
a_key city --read 990300
a_key other --submit 990301
printf 'unit,form,period,cell,value\n990302,items-by-class,2025,total,31\n990302,items-by-class,2025,1,31\n' > s.csv
exits 0 agg submit s.csv --json --key-file all.key
echo "$out" | grep '"hash"' > receipts.jsonl
printf '{"changes":[{"change":"merge","from":"2025-07-01","unit":"990302","into":"990301"}],"structure_version":"1","accept_loss":true}' > c.json
call OK AdminService/ApplyRestructuring admin.key "$(cat c.json)"
for key in all own city; do
  exits 0 agg get 990302 items-by-class 2025 --key-file $key.key
  says 31
  exits 0 agg history 990302 items-by-class 2025 --key-file $key.key
  exits 0 agg trail report 990302 items-by-class 2025 --key-file $key.key
  exits 0 agg receipt verify-file receipts.jsonl --key-file $key.key
done
exits 4 agg get 990302 items-by-class 2025 --key-file other.key
exits 1 agg withdraw 990302 items-by-class 2025 --reason 合并 --key-file own.key
says FAILED_PRECONDITION 2025-07-01 "'990301' took over" '由“990301”承接'
# The same file again is the same submission.
exits 0 agg submit s.csv --key-file own.key
