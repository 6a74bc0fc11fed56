# A tenant that is created without a word reviews: what is filed waits. --auto-accept is the deliberate choice.
# d2d4741: what is filed is accepted at once, and there is no --auto-accept.
exits 0 agg tenant create "$TENANT" --out admin.key --key-file "$PLATFORM_KEY"
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":10}}' > a.json
exits 0 agg submit a.json --key-file unit.key
exits 0 agg get 990001 2014 2017 --key-file unit.key
says 已报
says_not 已审
exits 0 agg tenant create "$TENANT-auto" --auto-accept --out auto.key --key-file "$PLATFORM_KEY"
exits 0 agg units import u.csv --key-file auto.key
exits 0 agg key create unit --out auto-unit.key --key-file auto.key --submit 990001
exits 0 agg submit a.json --key-file auto-unit.key
exits 0 agg get 990001 2014 2017 --key-file auto-unit.key
says 已审
