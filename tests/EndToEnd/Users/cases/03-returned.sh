# A unit files a file, the office returns it, the unit sends the same file: that is a new revision, and once it counts the file is not filed again.
# d2d4741: exit 0 with the receipt of revision 1, and the report stays returned.
new_tenant --review
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
a_key office --review 990000
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":10}}' > a.json
exits 0 agg submit a.json --key-file unit.key
hash=$(agg review list 990000 2014 2017 --key-file office.key --json | node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).standings[0].hash)')
exits 0 agg review return 990001 2014 2017 --hash "$hash" --reason 重填 --key-file office.key
exits 0 agg submit a.json --key-file unit.key
exits 0 agg history 990001 2014 2017 --key-file unit.key
says '│ 3 ' 已报
exits 0 agg submit a.json --key-file unit.key
says 'filed already, revision 3'
