# validate says of a locked report what submit says: refused.
# d2d4741: validate finds the file acceptable and exits 0; submit refuses it.
new_tenant --review
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
a_key office --review 990000
exits 0 agg review lock 990001 2014 2017 --key-file office.key
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":10}}' > a.json
exits 1 agg submit a.json --key-file unit.key
exits 1 agg validate a.json --key-file unit.key
says 锁定
