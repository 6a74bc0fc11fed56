# The name of a unit is one line: a line end or a control character within a quoted field is refused by line, column and place.
# d2d4741: adds the unit, and its name breaks every table and file that it stands in.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990100,"乙\n市",government,city,990000,,\n' > u.csv
exits 1 agg units import u.csv --key-file admin.key
says 'name' 'U+000A'
printf 'code,name,kind,level,parent,from,to\n990000,甲省\001,government,province,,,\n' > c.csv
exits 2 agg units import c.csv --key-file admin.key
says 'U+0001'
printf 'code,name,kind,level,parent,from,to\r\n990000,甲省,government,province,,,\r\n990100,"乙市",government,city,990000,,\r\n' > g.csv
exits 0 agg units import g.csv --key-file admin.key
