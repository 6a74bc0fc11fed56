# A report for the year that is not over needs an explanation of filed-early, though it bears no date.
# d2d4741: takes it without a word and exits 0.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
# On New Year's Eve the year is reported in time: the year after has not begun, and this case has nothing to show.
[[ $(TZ=Asia/Shanghai date +%m-%d) != 12-31 ]] || exit 0
year=$(TZ=Asia/Shanghai date +%Y)
printf '{"unit":"990001","form":"interaction","period":"%s","cells":{"1.1":10}}' "$year" > a.json
exits 1 agg submit a.json --key-file unit.key
says filed-early "$year-12-31"
printf '{"unit":"990001","form":"interaction","period":"%s","cells":{"1.1":10},"explanations":{"filed-early":"机构撤并"}}' "$year" > b.json
exits 0 agg submit b.json --key-file unit.key
says 机构撤并
