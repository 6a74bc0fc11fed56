# A unit files 10, then 12, then 10 again: what counts is 10, as revision 3.
# d2d4741: exit 0 with the receipt of revision 1, and 12 goes on counting.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":10}}' > ten.json
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":12}}' > twelve.json
for file in ten twelve ten; do exits 0 agg submit $file.json --key-file unit.key; done
exits 0 agg get 990001 2014 2017 --key-file unit.key
says '版次 3' ' 10 │'
