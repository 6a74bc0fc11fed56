# After the province accepted a city's completion, a department corrects its report: the completion says that it differs, and how.
# d2d4741: the completion still reads ACCEPTED, the total is 112.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990300-1,丙市教育局,department,,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990300 --read 990300
a_key province --review 990000
field() { node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]])' "$1" <<< "$out"; }
printf '{"unit":"990300-1","form":"2014","period":"2017","cells":{"9.1":15}}' > a.json
exits 0 agg submit a.json --key-file unit.key
exits 0 agg await 990300-1 2014 2017 1 --at 990300 --key-file unit.key
exits 0 agg total 990300 2014 2017 --layer accepted --json --key-file unit.key
exits 0 agg review report 990300 2014 2017 --digest "$(field digest)" --json --key-file unit.key
exits 0 agg review decide 990300 2014 2017 --number "$(field number)" --hash "$(field hash)" --key-file province.key
says 'accepted'
printf '{"unit":"990300-1","form":"2014","period":"2017","cells":{"9.1":112}}' > a.json
exits 0 agg submit a.json --key-file unit.key
exits 0 agg publications 990300 2014 2017 --key-file unit.key
says 'differs since' 15 112
