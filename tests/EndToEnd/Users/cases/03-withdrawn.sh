# A unit withdraws its report and then sends the same file: the report counts again.
# d2d4741: exit 0 with the receipt of revision 1, and the report stays withdrawn.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
printf 'unit,form,period,cell,value\n990001,2014,2017,9.1,10\n' > a.csv
exits 0 agg submit a.csv --key-file unit.key
exits 0 agg withdraw 990001 2014 2017 --reason 误报 --key-file unit.key
exits 0 agg submit a.csv --key-file unit.key
exits 0 agg get 990001 2014 2017 --key-file unit.key
says '版次 3' 已审
