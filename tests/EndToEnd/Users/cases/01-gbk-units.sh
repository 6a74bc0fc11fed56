# A list of units saved in GBK, as Excel of a Chinese Windows saves it, is read as what it says.
# d2d4741: adds a unit named ���� and exits 0.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
printf 'code,name,kind,level,parent,from,to\n990300,丙市,government,city,990000,2000-01-01,\n' | iconv -t GBK > g.csv
exits 0 agg units import g.csv --key-file admin.key
says GB18030
exits 0 agg units list --key-file admin.key
says 丙市
says_not $'\uFFFD'
