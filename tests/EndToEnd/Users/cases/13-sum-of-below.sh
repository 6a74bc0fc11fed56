# A city that files the sum of its departments as its own is asked to explain it, and nothing is filed.
# d2d4741: files it, and the province counts the departments twice.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n990300-1,丙市教育局,department,,990300,,\n990300-2,丙市公安局,department,,990300,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990300 --read 990300
printf '[{"unit":"990300-1","form":"2014","period":"2017","cells":{"9.1":5}},{"unit":"990300-2","form":"2014","period":"2017","cells":{"9.1":6}}]' > below.json
exits 0 agg submit below.json --key-file unit.key
exits 0 agg await 990300-1 2014 2017 1 --at 990300 --key-file unit.key
exits 0 agg await 990300-2 2014 2017 1 --at 990300 --key-file unit.key
printf '{"unit":"990300","form":"2014","period":"2017","cells":{"9.1":11}}' > own.json
exits 1 agg submit own.json --key-file unit.key
says sum-below
printf '{"unit":"990300","form":"2014","period":"2017","cells":{"9.1":11},"explanations":{"sum-below":"经核实"}}' > own.json
exits 0 agg submit own.json --key-file unit.key
